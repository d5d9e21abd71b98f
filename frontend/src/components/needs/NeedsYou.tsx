import { CircleCheckBig } from 'lucide-react'
import type { ReactNode } from 'react'

import { BlockedRow, BudgetRow, LetterRow, TroubledRow } from '@/components/needs/BoardRows'
import { CheckpointRow } from '@/components/needs/CheckpointRow'
import {
  DeliveriesRow,
  HookRow,
  JobRow,
  MailRow,
  ProviderRow,
  RefusedRow,
  UrgentRow,
} from '@/components/needs/DaemonRows'
import type { Need } from '@/components/needs/needs'
import type { useNeeds } from '@/components/needs/useNeeds'
import { Box } from '@/ui/Panel'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { useT } from '@/util/i18n'

/** The queue of what waits for a person, each with what can be done about it at once. */
export function NeedsYou({ needs, pending, error }: ReturnType<typeof useNeeds>) {
  const t = useT()
  if (error) return <Failure error={error} />
  if (pending && needs.length === 0) return <SkeletonRows rows={3} height="h-12" />
  return (
    <Box>
      {needs.length === 0 ? (
        <Empty icon={<CircleCheckBig className="size-5" />} title={t('needs.none')} className="py-7!">
          {t('needs.noneHint')}
        </Empty>
      ) : (
        <ul>
          {needs.map(need => (
            <li key={need.key} className="border-b border-line last:border-0">
              {rowOf(need)}
            </li>
          ))}
        </ul>
      )}
    </Box>
  )
}

function rowOf(need: Need): ReactNode {
  switch (need.is) {
    case 'checkpoint':
      return <CheckpointRow project={need.project} checkpoint={need.checkpoint} />
    case 'task':
      return <TroubledRow project={need.project} task={need.task} />
    case 'blocked':
      return <BlockedRow project={need.project} task={need.task} silence={need.silence} />
    case 'letter':
      return <LetterRow project={need.project} letter={need.letter} />
    case 'budget':
      return <BudgetRow project={need.project} usedUp={need.usedUp} />
    case 'job':
      return <JobRow job={need.job} run={need.run} />
    case 'mail':
      return <MailRow mail={need.mail} />
    case 'policy':
      return <RefusedRow projects={need.projects} fault={need.fault} />
    case 'hook':
      return <HookRow failure={need.failure} />
    case 'provider':
      return <ProviderRow parked={need.parked} />
    case 'deliveries':
      return <DeliveriesRow channel={need.channel} failed={need.failed} />
    case 'event':
      return <UrgentRow event={need.event} />
  }
}
