/** The bubble with a tooltip's words. It stands in the browser's top layer, above dialogs too. */
import { autoUpdate, computePosition, flip, offset, shift, type Placement } from '@floating-ui/dom'

const look =
  'fixed m-0 w-max max-w-72 animate-fade rounded-md border-0 bg-solid px-2 py-1 text-xs text-pretty text-on-solid shadow-pop'
const gap = 6
const margin = 8
let made = 0

/** Shows the words of a trigger; returns how to take them away. */
export function show(trigger: HTMLElement): () => void {
  const bubble = document.createElement('div')
  bubble.id = `tip-${made++}`
  bubble.role = 'tooltip'
  bubble.popover = 'manual'
  bubble.className = look
  bubble.textContent = trigger.dataset.tip ?? ''
  document.body.append(bubble)
  bubble.showPopover()
  const named = trigger.getAttribute('aria-label') === bubble.textContent
  if (!named) trigger.setAttribute('aria-describedby', bubble.id)

  const place = async () => {
    const { x, y } = await computePosition(trigger, bubble, {
      strategy: 'fixed',
      placement: (trigger.dataset.tipSide ?? 'top') as Placement,
      middleware: [offset(gap), flip({ padding: margin }), shift({ padding: margin })],
    })
    Object.assign(bubble.style, { left: `${x}px`, top: `${y}px` })
  }
  const stop = autoUpdate(trigger, bubble, () => void place())
  return () => {
    stop()
    bubble.remove()
    if (!named) trigger.removeAttribute('aria-describedby')
  }
}
