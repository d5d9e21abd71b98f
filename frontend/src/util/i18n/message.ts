/** A text, or its forms for one and for the rest. */
export type Message = string | { one: string; other: string }
