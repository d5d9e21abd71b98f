import { Octagon } from 'lucide-react'
import { Suspense, useState } from 'react'

import type { Attempt } from '@/api/client'
import { Button } from '@/ui/Button'
import { useT } from '@/util/i18n'
import { lazyPart } from '@/util/lazy-part'

const KillDialog = lazyPart(() => import('@/components/KillDialog'), 'KillDialog')

/** Ends an attempt's processes, after a second look. */
export function KillButton({ attempt }: { attempt: Attempt }) {
  const t = useT()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button
        size="sm"
        look="ghost"
        icon={<Octagon className="size-3.5" />}
        aria-label={t('kill.label', { id: attempt.id })}
        reason={attempt.spawned ? undefined : t('kill.outside')}
        onClick={() => setAsking(true)}
        className="hover:text-red"
      >
        {t('kill.short')}
      </Button>
      <Suspense>{asking && <KillDialog attempt={attempt} onClose={() => setAsking(false)} />}</Suspense>
    </>
  )
}
