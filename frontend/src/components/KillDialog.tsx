import type { Attempt } from '@/api/client'
import { useKillAttempt } from '@/hooks/writes'
import { ConfirmDialog } from '@/ui/FormDialog'
import { sayDone, sayFailed } from '@/ui/toast'
import { useT } from '@/util/i18n'

/** Asks before an attempt's processes are ended, and says what follows. */
export function KillDialog({ attempt, onClose }: { attempt: Attempt; onClose: () => void }) {
  const t = useT()
  const kill = useKillAttempt()
  const confirm = () =>
    kill.mutate(attempt.id, {
      onSuccess: () => {
        sayDone(t('kill.done', { id: attempt.id }))
        onClose()
      },
      onError: sayFailed,
    })
  return (
    <ConfirmDialog
      title={t('kill.title', { agent: attempt.agent })}
      description={t('kill.explain', { task: attempt.task })}
      verb={t('kill.confirm')}
      look="danger"
      busy={kill.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  )
}
