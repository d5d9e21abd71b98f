import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'

import type { Task } from '@/api/client'
import { moveByKey } from '@/components/board-keys'
import { isMove, laneStatuses, moveInto, shrinking, type Lane } from '@/components/board'
import { LaneHead } from '@/components/LaneHead'
import { inWords } from '@/components/QuickActions'
import { TaskCard } from '@/components/TaskCard'
import { useLane, type BoardFrame } from '@/components/useLane'
import { useLaneDrop } from '@/components/useLaneDrop'
import { useNearEnd } from '@/hooks/useNearEnd'
import { Failure, Skeleton } from '@/ui/states'
import { StatusIcon } from '@/ui/status'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'

const cardHeight = 104
const gap = 8
const spare = 8

type Props = BoardFrame & { lane: Lane; dragged: Task | undefined }

/** A column of the board. Only the cards in sight exist; more are read as a person scrolls. */
export function BoardColumn({ lane, dragged, ...frame }: Props) {
  const t = useT()
  const { tasks, error, refetch, more, hasMore } = useLane(frame.project, lane, frame.filter)
  const { attach, over, open, closed } = useLaneDrop(frame, lane, dragged)
  const count = frame.totals[lane] ?? tasks?.length
  const look = cx(
    'rounded-lg transition-colors',
    over
      ? 'bg-accent/10 outline-2 outline-accent'
      : open
        ? 'bg-accent/5 outline-1 outline-accent/40'
        : 'bg-sunken',
    closed && 'opacity-45',
  )
  // Until the tasks are read, the counts say which columns will be empty, so that nothing jumps.
  const empty = tasks ? tasks.length === 0 : !frame.totals[lane]
  if (empty && shrinking.includes(lane) && !open)
    return (
      <section
        aria-label={t('board.empty', { lane: t(`lane.${lane}`) })}
        className={cx('flex w-9 shrink-0 flex-col items-center py-2.5', look)}
      >
        <h2 className="flex items-center gap-2 text-ink-3 [writing-mode:vertical-lr]">
          <StatusIcon status={laneStatuses[lane][0]} className="opacity-50" />
          <span className="text-xs">{t(`lane.${lane}`)}</span>
        </h2>
      </section>
    )
  const why = closed && dragged ? moveInto(lane, dragged, frame.archived) : undefined
  return (
    <section
      ref={attach}
      data-column={lane}
      aria-label={t(`lane.${lane}`)}
      className={cx('flex max-w-84 min-w-40 flex-1 shrink-0 flex-col', look)}
    >
      <h2 className="flex items-center gap-2 px-2.5 pt-2.5 pb-2">
        <LaneHead
          lane={lane}
          count={count}
          limit={frame.limit}
          atLeast={!(lane in frame.totals) && hasMore}
        />
      </h2>
      {why && !isMove(why) && <p className="px-3 pb-2 text-2xs text-ink-2">{inWords(why.obstacle, t)}</p>}
      {error && !tasks ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : tasks === undefined ? (
        <div aria-busy className="flex flex-col gap-2 px-2">
          <Skeleton className="h-24" />
          <Skeleton className="h-24" />
        </div>
      ) : (
        <Cards tasks={tasks} more={more} frame={frame} />
      )}
    </section>
  )
}

interface CardsProps {
  tasks: Task[]
  more: (() => void) | undefined
  frame: BoardFrame
}

function Cards({ tasks, more, frame }: CardsProps) {
  const t = useT()
  const scroller = useRef<HTMLDivElement>(null)
  const end = useNearEnd(more)
  const rows = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    getItemKey: index => tasks[index]?.id ?? index,
    estimateSize: () => cardHeight,
    overscan: spare,
    gap,
  })
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- keys move the cards inside, which are links
    <div
      ref={scroller}
      data-scroll
      onKeyDown={event => moveByKey(event, tasks, frame)}
      className="min-h-0 flex-1 overflow-y-auto px-1.5 pt-px pb-1.5"
    >
      {tasks.length === 0 && <p className="px-2 py-6 text-center text-xs text-ink-3">{t('board.nothing')}</p>}
      <div className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(row => {
          const task = tasks[row.index]
          return (
            task && (
              <div
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <TaskCard task={task} move={frame.move} archived={frame.archived} />
              </div>
            )
          )
        })}
      </div>
      <div ref={end} />
    </div>
  )
}
