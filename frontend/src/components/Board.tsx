import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { configQuery, numberAt, statusQuery } from '@/api/queries'
import { isNarrowed, lanes, laneStatuses, type Lane, type View } from '@/components/board'
import { onArrow } from '@/components/board-keys'
import { BoardColumn } from '@/components/BoardColumn'
import { LaneHead } from '@/components/LaneHead'
import { SwimLanes } from '@/components/SwimLanes'
import { TaskCard } from '@/components/TaskCard'
import { useLane, type BoardFrame } from '@/components/useLane'
import { useMoves } from '@/components/useMoves'
import { useDragged } from '@/hooks/useDrag'
import { useIsPhone } from '@/hooks/useMediaQuery'
import { useNearEnd } from '@/hooks/useNearEnd'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'

interface Props {
  project: string
  view: View
  archived: boolean
}

export function Board({ project, view, archived }: Props) {
  const phone = useIsPhone()
  const { by, ...filter } = view
  const { move, dialog } = useMoves(project, archived)
  const { data: status } = useQuery(statusQuery)
  const { data: config } = useQuery(configQuery(project))
  const counts = status?.projects[project]?.tasks_summary
  const frame: BoardFrame = {
    project,
    filter,
    archived,
    move,
    limit: numberAt(config?.settings, 'daemon', 'max_global_agents'),
    totals:
      counts && !isNarrowed(filter)
        ? Object.fromEntries(
            lanes.map(lane => [lane, laneStatuses[lane].reduce((sum, one) => sum + counts[one], 0)]),
          )
        : {},
  }
  return (
    <>
      {phone ? (
        <PhoneBoard {...frame} />
      ) : by === 'agent' ? (
        <SwimLanes {...frame} />
      ) : (
        <WideBoard {...frame} />
      )}
      {dialog}
    </>
  )
}

function WideBoard(frame: BoardFrame) {
  const dragged = useDragged()
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys move between the cards inside, which are links
    <div onKeyDown={onArrow} className="flex h-full gap-2 overflow-x-auto px-4 py-3">
      {lanes.map(lane => (
        <BoardColumn key={lane} lane={lane} dragged={dragged} {...frame} />
      ))}
    </div>
  )
}

/** On a phone one column at a time, chosen by chips. */
function PhoneBoard(frame: BoardFrame) {
  const t = useT()
  const { totals } = frame
  const busiest = lanes.find(lane => lane !== 'pending' && (totals[lane] ?? 0) > 0)
  const [chosen, setChosen] = useState<Lane>()
  const lane = chosen ?? busiest ?? 'pending'
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
            <LaneHead lane={one} count={totals[one]} limit={undefined} />
          </button>
        ))}
      </div>
      <PhoneColumn key={lane} lane={lane} {...frame} />
    </div>
  )
}

function PhoneColumn({ lane, ...frame }: BoardFrame & { lane: Lane }) {
  const t = useT()
  const { tasks, more } = useLane(frame.project, lane, frame.filter)
  const end = useNearEnd(more)
  return (
    <div role="tabpanel" aria-label={t(`lane.${lane}`)} className="flex flex-col gap-2 px-4 py-3">
      {tasks?.map(task => (
        <TaskCard key={task.id} task={task} move={frame.move} archived={frame.archived} />
      ))}
      {tasks?.length === 0 && <p className="py-10 text-center text-xs text-ink-3">{t('board.nothing')}</p>}
      <div ref={end} />
    </div>
  )
}
