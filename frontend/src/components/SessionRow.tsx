import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import type { Attempt } from '@/api/client'
import { taskBriefQuery } from '@/api/queries'
import { KillButton } from '@/components/KillButton'
import { useNow } from '@/hooks/useNow'
import { Avatar } from '@/ui/Avatar'
import { Tag } from '@/ui/Panel'
import { Ago, Elapsed } from '@/ui/time'
import { cx } from '@/util/cx'
import { duration, percent, secondsBetween } from '@/util/format'
import { useLanguage } from '@/util/i18n'
import { links } from '@/util/links'

/** How much of its time an attempt has used. */
function TimeUsed({ attempt }: { attempt: Attempt }) {
  const { t, locale } = useLanguage()
  const used =
    secondsBetween(attempt.started_at ?? attempt.created_at, useNow('second')) / attempt.timeout_seconds
  const share = Math.min(1, Math.max(0, used))
  return (
    <span
      role="img"
      aria-label={t('session.timeUsed', {
        share: percent(share),
        limit: duration(attempt.timeout_seconds, locale),
      })}
      title={t('session.timeUsed', {
        share: percent(share),
        limit: duration(attempt.timeout_seconds, locale),
      })}
      className={cx(
        'block h-1 overflow-hidden rounded-full bg-press',
        share > 0.8 ? 'text-amber' : 'text-azure',
      )}
    >
      <span className="block h-full rounded-full bg-current" style={{ width: percent(share) }} />
    </span>
  )
}

/** A live attempt: who, on what, for how long. */
export function SessionRow({ attempt, full }: { attempt: Attempt; full?: boolean }) {
  const { t } = useLanguage()
  const { data: task } = useQuery(taskBriefQuery(attempt.project, attempt.task))
  return (
    <li className="flex items-center gap-3 border-b border-line px-3 py-2.5 last:border-0">
      <Avatar actor={attempt.agent} size="md" />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <span className="truncate text-sm font-medium">{attempt.agent}</span>
          <Tag>{t(`trigger.${attempt.kind}`)}</Tag>
          <Elapsed
            from={attempt.started_at ?? attempt.created_at}
            className="ml-auto text-xs whitespace-nowrap text-ink-3 tabular-nums"
          />
        </div>
        <div className="mt-0.5 mb-1.5 flex gap-1 text-xs text-ink-3">
          <Link
            {...links.task(attempt.project, attempt.task, 'attempts')}
            className="flex min-w-0 gap-1.5 rounded-sm hover:text-ink hover:underline"
          >
            {task && <span className="truncate text-ink-2">{task.title}</span>}
            <span className="shrink-0 tabular-nums">
              {attempt.project} · {attempt.task}
            </span>
          </Link>
          {full && (
            <span className="ml-auto hidden shrink-0 gap-3 whitespace-nowrap sm:flex">
              {attempt.last_output_at && (
                <span>
                  {t('session.lastOutput')} <Ago at={attempt.last_output_at} />
                </span>
              )}
              {attempt.heartbeat_at && (
                <span className="max-lg:hidden">
                  {t('session.lastWrite')} <Ago at={attempt.heartbeat_at} />
                </span>
              )}
            </span>
          )}
        </div>
        <TimeUsed attempt={attempt} />
      </div>
      {full && <KillButton attempt={attempt} />}
    </li>
  )
}
