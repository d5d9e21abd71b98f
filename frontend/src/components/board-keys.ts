/** Keys on the board: to walk between cards, and to move them. */
import type { KeyboardEvent } from 'react'

import type { Task } from '@/api/client'
import { isMove, laneOf, lanes, moveInto } from '@/components/board'
import type { BoardFrame } from '@/components/useLane'

/** Moves the focus between cards by arrow keys: up and down in a column, left and right to the nearest card beside. */
export function onArrow(event: KeyboardEvent<HTMLElement>) {
  const card = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-card]') : null
  const column = card?.closest('[data-column]')
  if (!card || !column || event.shiftKey) return
  if (event.key === 'm') {
    event.preventDefault()
    card.parentElement?.querySelector<HTMLElement>('[data-move]')?.click()
    return
  }
  const cards = (of: Element) => [...of.querySelectorAll<HTMLElement>('[data-card]')]
  const row = cards(column).indexOf(card)
  const others = [...event.currentTarget.querySelectorAll('[data-column]')].filter(
    of => of === column || cards(of).length > 0,
  )
  const here = others.indexOf(column)
  const beside = (step: number) => {
    const next = others[here + step]
    const list = next ? cards(next) : []
    return list[Math.min(row, list.length - 1)]
  }
  const targets: Record<string, HTMLElement | undefined> = {
    ArrowDown: cards(column)[row + 1],
    ArrowUp: cards(column)[row - 1],
    ArrowRight: beside(1),
    ArrowLeft: beside(-1),
  }
  const target = targets[event.key]
  if (!target) return
  event.preventDefault()
  target.focus()
  target.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** Shift and an arrow take the focused card to the next column that it may go to. */
export function moveByKey(event: KeyboardEvent, tasks: readonly Task[], frame: BoardFrame) {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  const card = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-card]') : null
  const task = tasks.find(({ id }) => id === card?.dataset.card)
  if (!task || !event.shiftKey || step === 0) return
  event.preventDefault()
  for (let at = lanes.indexOf(laneOf(task.status)) + step; at >= 0 && at < lanes.length; at += step) {
    const lane = lanes[at]
    if (!lane || !isMove(moveInto(lane, task, frame.archived))) continue
    frame.move(task, lane)
    return
  }
}
