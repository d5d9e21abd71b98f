import { ChevronRight } from 'lucide-react'
import { useState } from 'react'

import type { Task } from '@/api/client'
import { moveByKey, onArrow } from '@/components/board-keys'
import { isMove, laneOf, lanes, moveInto, shrinking, whoseIs, type Lane } from '@/components/board'
import { LaneHead } from '@/components/LaneHead'
import { TaskCard } from '@/components/TaskCard'
import { useLane, type BoardFrame } from '@/components/useLane'
import { useLaneDrop } from '@/components/useLaneDrop'
import { useDragged } from '@/hooks/useDrag'
import { ActorName } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { SkeletonRows } from '@/ui/states'
import { cx } from '@/util/cx'
import { groupBy } from '@/util/group'
import { useT } from '@/util/i18n'

const shownFirst = 4
const laneWidth = 164

/** The board with a lane across for each agent: who has what, and how far. */
export function SwimLanes(frame: BoardFrame) {
  const t = useT()
  const dragged = useDragged()
  const lists = useLanes(frame)
  const loaded = lanes.every(lane => lists[lane].tasks)
  const tasks = lanes.flatMap(lane => lists[lane].tasks ?? [])
  const shown = lanes.filter(
    lane =>
      !shrinking.includes(lane) ||
      (lists[lane].tasks?.length ?? 0) > 0 ||
      (dragged && isMove(moveInto(lane, dragged, frame.archived))),
  )
  const byAgent = [...groupBy(tasks, whoseIs)].toSorted(
    ([a], [b]) => Number(a === undefined) - Number(b === undefined) || (a ?? '').localeCompare(b ?? ''),
  )
  const hidden = lanes.filter(lane => lists[lane].hasMore)
  if (!loaded)
    return (
      <div className="p-4">
        <SkeletonRows rows={3} height="h-32" />
      </div>
    )
  // A long title must not make its column wider than the others.
  const grid = { gridTemplateColumns: `repeat(${shown.length}, minmax(0, 1fr))` }
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- keys move the cards inside, which are links
    <div
      data-scroll
      onKeyDown={event => {
        onArrow(event)
        moveByKey(event, tasks, frame)
      }}
      className="h-full overflow-auto"
    >
      <div className="px-4 pb-4" style={{ minWidth: shown.length * laneWidth }}>
        <div className="sticky top-0 z-10 grid gap-2 bg-surface py-2.5" style={grid}>
          {shown.map(lane => (
            <h2 key={lane} className="flex items-center gap-2 px-2">
              <LaneHead
                lane={lane}
                count={frame.totals[lane] ?? lists[lane].tasks?.length}
                limit={frame.limit}
                atLeast={!(lane in frame.totals) && lists[lane].hasMore}
              />
            </h2>
          ))}
        </div>
        {byAgent.map(([agent, list]) => (
          <AgentLane key={agent ?? ''} agent={agent} tasks={list} count={list.length}>
            <div className="grid gap-2" style={grid}>
              {shown.map(lane => (
                <Cell
                  key={lane}
                  lane={lane}
                  tasks={list.filter(task => laneOf(task.status) === lane)}
                  dragged={dragged}
                  frame={frame}
                />
              ))}
            </div>
          </AgentLane>
        ))}
        {hidden.length > 0 && (
          <p className="flex items-center gap-3 px-2 py-3 text-xs text-ink-3">
            {t('board.newestOnly', { lanes: hidden.map(lane => t(`lane.${lane}`)).join(t('list.comma')) })}
            <Button size="sm" onClick={() => hidden.forEach(lane => lists[lane].more?.())}>
              {t('board.more')}
            </Button>
          </p>
        )}
      </div>
    </div>
  )
}

/** All columns at once; the hooks stand in the fixed order of the columns. */
function useLanes({ project, filter }: BoardFrame) {
  return {
    escalated: useLane(project, 'escalated', filter),
    pending: useLane(project, 'pending', filter),
    working: useLane(project, 'working', filter),
    review: useLane(project, 'review', filter),
    done: useLane(project, 'done', filter),
    blocked: useLane(project, 'blocked', filter),
    failed: useLane(project, 'failed', filter),
  } satisfies Record<Lane, unknown>
}

interface LaneProps {
  agent: string | undefined
  tasks: Task[]
  count: number
  children: React.ReactNode
}

function AgentLane({ agent, tasks, count, children }: LaneProps) {
  const t = useT()
  const [open, setOpen] = useState(true)
  const moving = tasks.filter(task => task.status === 'working' || task.status === 'claimed').length
  return (
    <section aria-label={agent ?? t('task.unassigned')} className="border-t border-line py-2">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="sticky left-4 mb-1.5 flex h-7 items-center gap-2 rounded-md px-1 text-sm font-medium hover:bg-hover"
      >
        <ChevronRight className={cx('size-3.5 text-ink-3 transition-transform', open && 'rotate-90')} />
        {agent === undefined ? (
          <span className="text-ink-2">{t('task.unassigned')}</span>
        ) : (
          <ActorName actor={agent} />
        )}
        <span className="text-xs font-normal text-ink-3 tabular-nums">{count}</span>
        {moving > 0 && <span className="size-1.5 animate-breathe rounded-full bg-azure" />}
      </button>
      {open && children}
    </section>
  )
}

interface CellProps {
  lane: Lane
  tasks: Task[]
  dragged: Task | undefined
  frame: BoardFrame
}

function Cell({ lane, tasks, dragged, frame }: CellProps) {
  const t = useT()
  const [all, setAll] = useState(false)
  const { attach, over, open, closed } = useLaneDrop(frame, lane, dragged)
  const shown = all ? tasks : tasks.slice(0, shownFirst)
  return (
    <div
      ref={attach}
      data-column={lane}
      className={cx(
        'flex min-h-16 flex-col gap-2 rounded-lg p-1.5 transition-colors',
        over
          ? 'bg-accent/10 outline-2 outline-accent'
          : open
            ? 'bg-accent/5 outline-1 outline-accent/40'
            : 'bg-sunken',
        closed && 'opacity-45',
      )}
    >
      {shown.map(task => (
        <TaskCard key={task.id} task={task} move={frame.move} archived={frame.archived} />
      ))}
      {tasks.length > shown.length && (
        <Button size="sm" look="ghost" onClick={() => setAll(true)}>
          {t('board.moreHere', { count: tasks.length - shown.length })}
        </Button>
      )}
    </div>
  )
}
