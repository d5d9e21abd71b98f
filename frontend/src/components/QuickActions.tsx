import { Suspense, useState } from 'react'

import type { Task } from '@/api/client'
import { obstacle, suggested, type Obstacle, type TaskAction } from '@/api/task-actions'
import { Button } from '@/ui/Button'
import { useT, type Translate } from '@/util/i18n'
import { lazyPart } from '@/util/lazy-part'

const ActionDialog = lazyPart(() => import('@/components/ActionDialog'), 'ActionDialog')

/** Why an action is not possible, for people. */
export const inWords = (found: Obstacle | undefined, t: Translate): string | undefined => {
  switch (found?.why) {
    case 'status':
      return t('obstacle.status', {
        statuses: found.from.map(status => t(`status.${status}`)).join(t('list.comma')),
      })
    case 'assigned':
      return t('obstacle.assigned', { agent: found.to })
    case 'children':
      return t('obstacle.children')
    case 'archived':
      return t('obstacle.archived')
    case undefined:
      return undefined
  }
}

/** The dialog that carries an action out, and how to open it. */
export function useActionDialog(task: Task) {
  const [action, setAction] = useState<TaskAction>()
  return {
    ask: setAction,
    dialog: (
      <Suspense>
        {action && <ActionDialog task={task} action={action} onClose={() => setAction(undefined)} />}
      </Suspense>
    ),
  }
}

const waysOut: readonly TaskAction[] = ['resolve', 'retry', 'resume']

/** What a person most likely wants to do with the task now. */
export function QuickActions({ task, archived }: { task: Task; archived: boolean }) {
  const t = useT()
  const { ask, dialog } = useActionDialog(task)
  return (
    <>
      {suggested[task.status].map(name => (
        <Button
          key={name}
          size="sm"
          look={waysOut.includes(name) ? 'primary' : 'secondary'}
          reason={inWords(obstacle(task, name, archived), t)}
          onClick={() => ask(name)}
        >
          {t(`do.${name}`)}
        </Button>
      ))}
      {dialog}
    </>
  )
}
