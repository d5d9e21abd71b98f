import { FilePen, GitCompare } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'

import { Notice } from '@/components/policies/Notices'
import { Button } from '@/ui/Button'
import { Skeleton } from '@/ui/states'
import { useT } from '@/util/i18n'

const CodeDiff = lazy(() =>
  import('@/components/policies/CodeDiff').then(module => ({ default: module.CodeDiff })),
)

interface Props {
  /** What the script's own file says. */
  refused: string
  inForce: string
  /** Why the refused text cannot be put into the editor now. */
  reason: string | undefined
  onEdit: () => void
}

/** A text that was refused is still somebody's work: to be compared with what is in force, and to be mended. */
export function RefusedText({ refused, inForce, reason, onEdit }: Props) {
  const t = useT()
  const [compared, setCompared] = useState(false)
  return (
    <>
      <Notice
        action={
          <span className="flex flex-wrap gap-2">
            <Button
              size="sm"
              icon={<GitCompare className="size-3.5" />}
              aria-expanded={compared}
              onClick={() => setCompared(!compared)}
            >
              {t(compared ? 'policy.hideRefused' : 'policy.showRefused')}
            </Button>
            <Button
              size="sm"
              look="primary"
              icon={<FilePen className="size-3.5" />}
              reason={reason}
              onClick={onEdit}
            >
              {t('policy.editRefused')}
            </Button>
          </span>
        }
      >
        {t('policy.refusedKept')}
      </Notice>
      {compared && (
        <Suspense fallback={<Skeleton className="h-40" />}>
          <CodeDiff
            before={{ label: t('policy.inForce'), text: inForce }}
            after={{ label: t('policy.refusedText'), text: refused }}
          />
        </Suspense>
      )}
    </>
  )
}
