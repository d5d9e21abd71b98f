import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CalendarClock, CircleAlert, Play } from 'lucide-react'

import type { Job, JobRun } from '@/api/client'
import { jobHistoryQuery, jobsQuery } from '@/api/operations'
import { statusQuery } from '@/api/queries'
import { shippedJobs } from '@/api/scripts'
import { useNow } from '@/hooks/useNow'
import { useRunJob } from '@/hooks/writes'
import { Button } from '@/ui/Button'
import { Disclosure } from '@/ui/Disclosure'
import { Box, Tag } from '@/ui/Panel'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { Ago, Elapsed } from '@/ui/time'
import { sayDone, sayFailed } from '@/ui/toast'
import { cx } from '@/util/cx'
import { duration, fullTime, secondsBetween } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'
import { links } from '@/util/links'

export function JobsSection() {
  const t = useT()
  const { data: jobs, error, refetch } = useQuery(jobsQuery)
  const { data: status } = useQuery(statusQuery)
  if (error && !jobs) return <Failure error={error} retry={() => void refetch()} />
  if (!jobs) return <SkeletonRows rows={4} height="h-14" />
  if (jobs.length === 0)
    return (
      <Empty icon={<CalendarClock className="size-5" />} title={t('jobs.none')}>
        {t('jobs.noneHint')}
      </Empty>
    )
  return (
    <ul className="flex flex-col gap-2.5">
      {status?.job_script_errors.map(words => (
        <li key={words} role="alert" className="flex gap-2 text-sm text-red">
          <CircleAlert className="mt-0.5 size-4 shrink-0" />
          <span className="min-w-0 wrap-anywhere">{words}</span>
        </li>
      ))}
      {jobs.map(job => (
        <li key={job.name}>
          <JobItem job={job} />
        </li>
      ))}
    </ul>
  )
}

/** How long until a moment; past moments are due. */
function In({ at }: { at: string }) {
  const { t, locale } = useLanguage()
  const seconds = -secondsBetween(at, useNow('second'))
  return (
    <time dateTime={at} title={fullTime(at, locale)}>
      {seconds <= 0 ? t('jobs.due') : t('jobs.next', { span: duration(seconds, locale) })}
    </time>
  )
}

function JobItem({ job }: { job: Job }) {
  const t = useT()
  const run = useRunJob()
  const about = shippedJobs.find(known => known === job.script)
  const running = job.last_run && !job.last_run.ended_at
  return (
    <Box>
      <Disclosure
        startsOpen={job.last_run?.outcome === 'failed'}
        className="grid grid-cols-1 items-center gap-x-3 md:grid-cols-[minmax(0,1fr)_140px_190px]"
        beside={
          <Button
            size="sm"
            icon={<Play className="size-3.5" />}
            busy={run.isPending}
            reason={running ? t('jobs.runs') : undefined}
            aria-label={t('jobs.runNowOf', { name: job.name })}
            onClick={() =>
              run.mutate(job.name, {
                onSuccess: () => sayDone(t('jobs.started', { name: job.name })),
                onError: sayFailed,
              })
            }
          >
            {t('jobs.runNow')}
          </Button>
        }
        head={
          <>
            <span className="min-w-0">
              <span className="block text-sm font-medium">{job.name}</span>
              {about && <span className="block truncate text-xs text-ink-2">{t(`jobs.about.${about}`)}</span>}
              <span className="flex gap-2 text-xs text-ink-3">
                <code className="font-mono">{job.cron}</code> {job.timezone}
              </span>
            </span>
            <span className="text-xs text-ink-2 tabular-nums">
              {job.next_run ? <In at={job.next_run} /> : t('jobs.never')}
            </span>
            <span>
              {job.last_run ? (
                <Result run={job.last_run} />
              ) : (
                <span className="text-xs text-ink-3">{t('jobs.notYet')}</span>
              )}
            </span>
          </>
        }
      >
        <History name={job.name} />
        <footer className="flex gap-4 border-t border-line bg-sunken px-3 py-1.5 text-2xs text-ink-3">
          <Link
            {...links.policies(undefined, `jobs.${job.name}`)}
            className="rounded-sm font-mono hover:text-ink hover:underline"
          >
            {job.script}
          </Link>
        </footer>
      </Disclosure>
    </Box>
  )
}

const outcomeColor: Record<string, string> = { succeeded: 'text-green', failed: 'text-red' }
const outcomes = ['succeeded', 'failed', 'timeout', 'interrupted', 'skipped'] as const

export function Result({ run }: { run: JobRun }) {
  const t = useT()
  const known = outcomes.find(outcome => outcome === run.outcome)
  return (
    <span className="flex items-center gap-2 text-xs">
      <span
        className={cx(
          'flex items-center gap-1.5 font-medium',
          run.ended_at ? (outcomeColor[run.outcome ?? ''] ?? 'text-amber') : 'text-azure',
        )}
      >
        <span className={cx('size-1.5 rounded-full bg-current', !run.ended_at && 'animate-breathe')} />
        {run.ended_at ? (known ? t(`jobs.${known}`) : run.outcome) : t('jobs.running')}
      </span>
      <span className="text-ink-3">
        <Ago at={run.started_at} />
      </span>
    </span>
  )
}

function History({ name }: { name: string }) {
  const { t, locale } = useLanguage()
  const { data: runs, error } = useQuery(jobHistoryQuery(name))
  if (error) return <Failure error={error} />
  if (!runs) return <SkeletonRows rows={3} />
  if (runs.length === 0) return <p className="px-4 py-3 text-xs text-ink-3">{t('jobs.notYet')}</p>
  return (
    <ul className="max-h-80 overflow-y-auto">
      {runs.map(run => (
        <li
          key={run.id}
          className="grid grid-cols-1 gap-x-4 border-b border-line px-4 py-2 text-xs last:border-0 md:grid-cols-[180px_minmax(0,1fr)_auto]"
        >
          <span title={fullTime(run.started_at, locale)}>
            <Result run={run} />
          </span>
          <span className="wrap-anywhere whitespace-pre-line text-ink-2">{run.message}</span>
          <span className="flex items-center gap-2 text-ink-3 tabular-nums">
            {run.manual && <Tag>{t('jobs.byHand')}</Tag>}
            <Elapsed from={run.started_at} to={run.ended_at} />
          </span>
        </li>
      ))}
    </ul>
  )
}
