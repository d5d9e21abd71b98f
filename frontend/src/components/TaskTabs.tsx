import { useQuery } from '@tanstack/react-query'
import { Gavel, History, PackageOpen, ScanEye, ScrollText } from 'lucide-react'
import type { ReactNode } from 'react'

import type { Output, TaskDetail } from '@/api/client'
import { configQuery, numberAt, rebuttalsQuery } from '@/api/queries'
import { AttemptItem } from '@/components/AttemptItem'
import { Changes } from '@/components/Changes'
import { EventRow } from '@/components/EventRow'
import { OutputItem } from '@/components/OutputItem'
import { ReviewCard } from '@/components/ReviewCard'
import { ActorName } from '@/ui/Avatar'
import { Markdown } from '@/ui/Markdown'
import { Box } from '@/ui/Panel'
import { Empty } from '@/ui/states'
import { Ago } from '@/ui/time'
import { cx } from '@/util/cx'
import { day } from '@/util/format'
import { groupBy } from '@/util/group'
import { useLanguage, useT } from '@/util/i18n'

interface Props {
  task: TaskDetail
}

const newestFirst = <T extends { id: number }>(list: readonly T[]) => list.toSorted((a, b) => b.id - a.id)

const Stack = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-col gap-2.5">{children}</div>
)

export function OutputsTab({ task }: Props) {
  const t = useT()
  const outputs = newestFirst(task.outputs ?? [])
  if (outputs.length === 0)
    return (
      <Empty icon={<PackageOpen className="size-5" />} title={t('output.none')}>
        {t('output.noneHint')}
      </Empty>
    )
  const hasNewer = (output: Output, same: 'title' | 'path') =>
    outputs.some(
      other => other[same] === output[same] && other.id > output.id && other.sha256 !== output.sha256,
    )
  return (
    <Stack>
      <Changes project={task.project} task={task.id} />
      {outputs.map((output, index) => (
        <OutputItem
          key={output.id}
          project={task.project}
          output={output}
          outdated={hasNewer(output, 'title')}
          replaced={hasNewer(output, 'path')}
          startsOpen={index === 0}
        />
      ))}
    </Stack>
  )
}

export function ReviewsTab({ task }: Props) {
  const t = useT()
  const { data: rebuttals = [] } = useQuery(rebuttalsQuery(task.project, task.id))
  const { data: config } = useQuery(configQuery(task.project))
  const threshold = numberAt(config?.settings, 'review', 'confidence_threshold')
  const reviews = newestFirst(task.reviews ?? [])
  if (reviews.length === 0)
    return (
      <Empty icon={<ScanEye className="size-5" />} title={t('review.none')}>
        {t(task.risk_level === 'low' ? 'review.noneLow' : 'review.noneHint')}
      </Empty>
    )
  return (
    <Stack>
      {reviews.map(review => (
        <ReviewCard
          key={review.id}
          review={review}
          rebuttal={rebuttals.find(rebuttal => rebuttal.review_id === review.id)}
          threshold={threshold}
        />
      ))}
    </Stack>
  )
}

export function AttemptsTab({ task }: Props) {
  const t = useT()
  const attempts = (task.attempts ?? []).toSorted((a, b) => b.number - a.number)
  if (attempts.length === 0)
    return (
      <Empty icon={<History className="size-5" />} title={t('attempt.none')}>
        {t('attempt.noneHint')}
      </Empty>
    )
  return (
    <Stack>
      {attempts.map((attempt, index) => (
        <AttemptItem key={attempt.id} attempt={attempt} startsOpen={index === 0} />
      ))}
    </Stack>
  )
}

export function TimelineTab({ task }: Props) {
  const { t, locale } = useLanguage()
  const events = newestFirst(task.events ?? [])
  if (events.length === 0) return <Empty icon={<ScrollText className="size-5" />} title={t('event.none')} />
  const days = groupBy(events, event => day(event.at, locale))
  return (
    <Stack>
      {[...days].map(([name, list]) => (
        <section key={name}>
          <h2 className="mb-1.5 text-xs text-ink-3">{name}</h2>
          <Box>
            <ul>
              {list.map(event => (
                <EventRow key={event.id} event={event} />
              ))}
            </ul>
          </Box>
        </section>
      ))}
    </Stack>
  )
}

const severityColor = { info: 'text-ink-3', warning: 'text-amber', critical: 'text-red' }

export function NotesTab({ task }: Props) {
  const t = useT()
  const decisions = newestFirst(task.decisions ?? [])
  const observations = newestFirst(task.observations ?? [])
  if (decisions.length + observations.length === 0)
    return (
      <Empty icon={<Gavel className="size-5" />} title={t('notes.none')}>
        {t('notes.noneHint')}
      </Empty>
    )
  return (
    <div className="grid gap-6 md:grid-cols-2">
      <section>
        <h2 className="mb-2 text-xs font-medium text-ink-2">{t('notes.decisions')}</h2>
        <Stack>
          {decisions.length === 0 && <p className="text-xs text-ink-3">{t('notes.noDecisions')}</p>}
          {decisions.map(decision => (
            <Box key={decision.id} className="px-3 py-2.5">
              <p className="font-medium wrap-anywhere">{decision.decision}</p>
              <div className="mt-1 text-xs text-ink-2">
                <Markdown text={decision.rationale} />
              </div>
              <Signature actor={decision.agent} at={decision.created_at} />
            </Box>
          ))}
        </Stack>
      </section>
      <section>
        <h2 className="mb-2 text-xs font-medium text-ink-2">{t('notes.observations')}</h2>
        <Stack>
          {observations.length === 0 && <p className="text-xs text-ink-3">{t('notes.noObservations')}</p>}
          {observations.map(observation => (
            <Box key={observation.id} className="px-3 py-2.5">
              <span className={cx('text-2xs font-medium', severityColor[observation.severity])}>
                {t(`severity.${observation.severity}`)}
              </span>
              <Markdown text={observation.body} />
              <Signature actor={observation.agent} at={observation.created_at} />
            </Box>
          ))}
        </Stack>
      </section>
    </div>
  )
}

const Signature = ({ actor, at }: { actor: string; at: string }) => (
  <p className="mt-2 flex items-center gap-1.5 text-2xs text-ink-3">
    <ActorName actor={actor} size="xs" /> · <Ago at={at} />
  </p>
)
