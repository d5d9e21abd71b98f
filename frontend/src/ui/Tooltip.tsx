import { cloneElement, type ReactElement } from 'react'

type Side = 'top' | 'bottom' | 'left' | 'right'

interface Props {
  text: string | undefined
  side?: Side
  /** One element that passes what it is given on to the page. */
  children: ReactElement<{ 'data-tip'?: string; 'data-tip-side'?: Side }>
}

/**
 * Words that appear beside their trigger on hover and focus. Never the only name of a control. The trigger only
 * carries the words; `TooltipLayer` shows them, one for the whole page.
 */
export const Tooltip = ({ text, side = 'top', children }: Props) =>
  text ? cloneElement(children, { 'data-tip': text, 'data-tip-side': side }) : children
