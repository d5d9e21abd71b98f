import { dropAllDrafts, useDraftNames } from '@/components/policies/drafts'
import { Button } from '@/ui/Button'
import { Dialog, DialogFooter } from '@/ui/Dialog'
import { useT } from '@/util/i18n'

/** Says what is not saved before somebody leaves. */
export function LeaveDialog({ stay, leave }: { stay: () => void; leave: () => void }) {
  const t = useT()
  const names = useDraftNames()
  return (
    <Dialog
      open
      onOpenChange={open => !open && stay()}
      title={t('policy.leaveTitle')}
      description={t('policy.leaveHint', { names: names.join(t('list.comma')) })}
      closeLabel={t('action.close')}
    >
      <DialogFooter>
        <Button look="ghost" onClick={stay}>
          {t('policy.stay')}
        </Button>
        <Button
          look="danger"
          onClick={() => {
            dropAllDrafts()
            leave()
          }}
        >
          {t('policy.leaveDiscard')}
        </Button>
        <Button look="primary" onClick={leave}>
          {t('policy.leave')}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
