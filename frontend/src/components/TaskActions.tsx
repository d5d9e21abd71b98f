import { Ellipsis } from 'lucide-react'

import type { Task } from '@/api/client'
import { obstacle, taskActions } from '@/api/task-actions'
import { QuickActions, inWords, useActionDialog } from '@/components/QuickActions'
import { IconButton } from '@/ui/Button'
import { Menu, MenuItem } from '@/ui/Menu'
import { useT } from '@/util/i18n'

/** What may be done to the task: the likely ones as buttons, all of them in the menu, each with its reason when not. */
export function TaskActions({ task, archived }: { task: Task; archived: boolean }) {
  const t = useT()
  const { ask, dialog } = useActionDialog(task)
  const rows = taskActions.map(name => ({ name, reason: inWords(obstacle(task, name, archived), t) }))
  const possibleFirst = rows.toSorted(
    (a, b) => Number(a.reason !== undefined) - Number(b.reason !== undefined),
  )
  return (
    <div className="flex items-center gap-1.5">
      <QuickActions task={task} archived={archived} />
      <Menu
        align="end"
        trigger={<IconButton label={t('task.allActions')} icon={<Ellipsis className="size-4" />} />}
      >
        {possibleFirst.map(({ name, reason }) => (
          <MenuItem
            key={name}
            danger={name === 'cancel' || name === 'fail'}
            reason={reason}
            onSelect={() => ask(name)}
          >
            {t(`do.${name}`)}
          </MenuItem>
        ))}
      </Menu>
      {dialog}
    </div>
  )
}
