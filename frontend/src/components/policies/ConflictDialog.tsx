import { lazy, Suspense } from 'react'

import { Button } from '@/ui/Button'
import { Dialog, DialogBody, DialogFooter } from '@/ui/Dialog'
import { Skeleton } from '@/ui/states'
import { useT } from '@/util/i18n'

const CodeDiff = lazy(() =>
  import('@/components/policies/CodeDiff').then(module => ({ default: module.CodeDiff })),
)

interface Props {
  name: string
  mine: string
  theirs: string
  busy: boolean
  onKeepMine: () => void
  onTakeTheirs: () => void
  onClose: () => void
}

/** Two people changed one script: shows both texts and lets the person choose. */
export function ConflictDialog({ name, mine, theirs, busy, onKeepMine, onTakeTheirs, onClose }: Props) {
  const t = useT()
  return (
    <Dialog
      open
      wide="very"
      onOpenChange={open => !open && onClose()}
      title={t('policy.conflictTitle', { name })}
      description={t('policy.conflictHint')}
      closeLabel={t('action.close')}
    >
      <DialogBody>
        <Suspense fallback={<Skeleton className="h-60" />}>
          <CodeDiff
            before={{ label: t('policy.theirs'), text: theirs }}
            after={{ label: t('policy.mine'), text: mine }}
          />
        </Suspense>
      </DialogBody>
      <DialogFooter>
        <Button look="ghost" onClick={onClose}>
          {t('policy.goOn')}
        </Button>
        <Button onClick={onTakeTheirs}>{t('policy.takeTheirs')}</Button>
        <Button look="danger" busy={busy} onClick={onKeepMine}>
          {t('policy.keepMine')}
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
