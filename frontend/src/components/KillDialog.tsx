import type { Attempt } from '@/api/client'
import { useKillAttempt } from '@/hooks/writes'
import { Button } from '@/ui/Button'
import { Dialog, DialogFooter } from '@/ui/Dialog'
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
    <Dialog
      open
      onOpenChange={open => !open && onClose()}
      title={t('kill.title', { agent: attempt.agent })}
      description={t('kill.explain', { task: attempt.task })}
      closeLabel={t('action.close')}
    >
      <DialogFooter>
        <Button look="ghost" onClick={onClose}>
          {t('action.back')}
        </Button>
        <Button look="danger" busy={kill.isPending} onClick={confirm}>
          {t('kill.confirm')}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
