import { ArrowRightLeft } from 'lucide-react'
import { useState } from 'react'

import type { Task } from '@/api/client'
import { isMove, laneOf, lanes, laneStatuses, moveInto } from '@/components/board'
import { inWords } from '@/components/QuickActions'
import type { MoveTask } from '@/components/useMoves'
import { IconButton } from '@/ui/Button'
import { Menu, MenuItem } from '@/ui/Menu'
import { StatusIcon } from '@/ui/status'
import { useT } from '@/util/i18n'

interface Props {
  task: Task
  move: MoveTask
  archived: boolean
}

/** Moves a card without a mouse: every column, and why not. The menu itself is made when it is first opened. */
export function MoveMenu({ task, move, archived }: Props) {
  const t = useT()
  const [asked, setAsked] = useState(false)
  const button = (
    <IconButton
      data-move
      tabIndex={-1}
      label={t('board.moveTask', { id: task.id })}
      icon={<ArrowRightLeft className="size-3.5" />}
      className="size-6! bg-raised"
      {...(asked ? {} : { onClick: () => setAsked(true) })}
    />
  )
  if (!asked) return button
  return (
    <Menu align="end" defaultOpen trigger={button}>
      {lanes
        .filter(lane => lane !== laneOf(task.status))
        .map(lane => {
          const found = moveInto(lane, task, archived)
          return (
            <MenuItem
              key={lane}
              icon={<StatusIcon status={laneStatuses[lane][0]} />}
              reason={isMove(found) ? undefined : inWords(found?.obstacle, t)}
              onSelect={() => move(task, lane)}
            >
              {t(`lane.${lane}`)}
              {isMove(found) && <span className="ml-2 text-2xs text-ink-3">{t(`do.${found.action}`)}</span>}
            </MenuItem>
          )
        })}
    </Menu>
  )
}
