/** What a person has said to have seen, by the newest number; this browser remembers it. */
import { savedStore } from '@/util/saved'

const isNumber = (value: unknown): value is number => typeof value === 'number'

/** The newest red event. */
export const seenEvents = savedStore('seen', 0, isNumber)
/** The newest message that could not be delivered. */
export const seenDeliveries = savedStore('seenDeliveries', 0, isNumber)
