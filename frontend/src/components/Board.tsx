import { useState, type KeyboardEvent } from 'react'

import type { Task } from '@/api/client'
import { lanes, laneStatuses, shrinking, type Lane } from '@/components/board'
import { TaskCard } from '@/components/TaskCard'
import { useIsPhone } from '@/hooks/useMediaQuery'
import { StatusIcon } from '@/ui/status'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'

interface Props {
  columns: Record<Lane, Task[]>
}

/** Moves the focus between cards by arrow keys: up and down in a column, left and right to the nearest card beside. */
function onArrow(event: KeyboardEvent<HTMLElement>) {
  const card = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-card]') : null
  const column = card?.closest('[data-column]')
  if (!card || !column) return
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

export function Board({ columns }: Props) {
  const phone = useIsPhone()
  return phone ? <PhoneBoard columns={columns} /> : <WideBoard columns={columns} />
}

function WideBoard({ columns }: Props) {
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys move between the cards inside, which are links
    <div onKeyDown={onArrow} className="flex h-full gap-3 overflow-x-auto px-4 py-3">
      {lanes.map(lane => (
        <Column key={lane} lane={lane} tasks={columns[lane]} />
      ))}
    </div>
  )
}

function LaneHead({ lane, count }: { lane: Lane; count: number }) {
  const t = useT()
  return (
    <>
      <StatusIcon status={laneStatuses[lane][0]} />
      <span className="text-xs font-medium">{t(`lane.${lane}`)}</span>
      <span className="text-xs text-ink-3 tabular-nums">{count}</span>
    </>
  )
}

function Column({ lane, tasks }: { lane: Lane; tasks: Task[] }) {
  const t = useT()
  if (tasks.length === 0 && shrinking.includes(lane))
    return (
      <section
        aria-label={t('board.empty', { lane: t(`lane.${lane}`) })}
        className="flex w-9 shrink-0 flex-col items-center rounded-lg bg-sunken py-2.5"
      >
        <h2 className="flex items-center gap-2 text-ink-3 [writing-mode:vertical-lr]">
          <StatusIcon status={laneStatuses[lane][0]} className="opacity-50" />
          <span className="text-xs">{t(`lane.${lane}`)}</span>
        </h2>
      </section>
    )
  return (
    <section
      data-column={lane}
      aria-label={t(`lane.${lane}`)}
      className="flex max-w-84 min-w-54 flex-1 shrink-0 flex-col rounded-lg bg-sunken"
    >
      <h2 className="flex items-center gap-2 px-3 pt-2.5 pb-2">
        <LaneHead lane={lane} count={tasks.length} />
      </h2>
      <div className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto px-2 pt-px pb-2">
        {tasks.map(task => (
          <TaskCard key={task.id} task={task} />
        ))}
        {tasks.length === 0 && (
          <p className="px-2 py-6 text-center text-xs text-ink-3">{t('board.nothing')}</p>
        )}
      </div>
    </section>
  )
}

/** On a phone one column at a time, chosen by chips. */
function PhoneBoard({ columns }: Props) {
  const t = useT()
  const busiest = lanes.find(lane => lane !== 'pending' && columns[lane].length > 0)
  const [chosen, setChosen] = useState<Lane>()
  const lane = chosen ?? busiest ?? 'pending'
  const tasks = columns[lane]
  return (
    <div>
      <div
        role="tablist"
        aria-label={t('board.columns')}
        className="flex gap-1.5 overflow-x-auto border-b border-line px-4 py-2"
      >
        {lanes.map(one => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={one === lane}
            onClick={() => setChosen(one)}
            className={cx(
              'flex h-8 shrink-0 items-center gap-1.5 rounded-full border px-3',
              one === lane ? 'border-ink-4 bg-press' : 'border-line',
            )}
          >
            <LaneHead lane={one} count={columns[one].length} />
          </button>
        ))}
      </div>
      <div role="tabpanel" aria-label={t(`lane.${lane}`)} className="flex flex-col gap-2 px-4 py-3">
        {tasks.map(task => (
          <TaskCard key={task.id} task={task} />
        ))}
        {tasks.length === 0 && <p className="py-10 text-center text-xs text-ink-3">{t('board.nothing')}</p>}
      </div>
    </div>
  )
}
