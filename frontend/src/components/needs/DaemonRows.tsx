import { Link } from '@tanstack/react-router'
import { CalendarX, CircleAlert, CirclePause, MailQuestionMark, Scale, Send } from 'lucide-react'

import type { BoardEvent, Delivery, Job, JobRun, Mail, ParkedProvider, ScriptProblem } from '@/api/client'
import type { HookFailure } from '@/api/failing'
import { eventText } from '@/components/event-text'
import { NeedRow } from '@/components/needs/NeedRow'
import { seenDeliveries, seenEvents } from '@/components/needs/seen'
import { scriptOf } from '@/components/policies/faults'
import { useRetryDelivery, useUnparkProvider } from '@/hooks/access-writes'
import { useNow } from '@/hooks/useNow'
import { useRunJob } from '@/hooks/writes'
import { Button, buttonLook } from '@/ui/Button'
import { sayDone, sayFailed } from '@/ui/toast'
import { cx } from '@/util/cx'
import { nearTime } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'
import { links } from '@/util/links'

/** A job whose last run failed. */
export function JobRow({ job, run }: { job: Job; run: JobRun }) {
  const t = useT()
  const again = useRunJob()
  return (
    <NeedRow
      icon={<CalendarX className="size-3.5 text-red" />}
      place={t('nav.operations')}
      to={links.operations('jobs')}
      title={t('needs.job', { name: job.name })}
      detail={run.message}
      at={run.started_at}
    >
      <Button size="sm" busy={again.isPending} onClick={() => again.mutate(job.name, { onError: sayFailed })}>
        {t('needs.runAgain')}
      </Button>
    </NeedRow>
  )
}

/** An agent asks by mail; it is answered where the conversation is. */
export function MailRow({ mail }: { mail: Mail }) {
  const t = useT()
  const to = links.mail('inbox', mail.conversation)
  return (
    <NeedRow
      icon={<MailQuestionMark className={cx('size-3.5', mail.overdue_at ? 'text-red' : 'text-amber')} />}
      place={t('nav.mail')}
      to={to}
      title={mail.subject}
      detail={mail.from}
      at={mail.created_at}
    >
      <Link {...to} className={buttonLook('secondary', 'sm')}>
        {t('needs.answer')}
      </Link>
    </NeedRow>
  )
}

/** A red event that is no task's state: it stays until somebody has said to have seen it. */
export function UrgentRow({ event }: { event: BoardEvent }) {
  const t = useT()
  const { project, task } = event
  return (
    <NeedRow
      icon={<CircleAlert className="size-3.5 text-red" />}
      place={[project, task].filter(Boolean).join(' · ') || t(`kind.${event.kind}`)}
      to={project && task ? links.task(project, task) : links.events()}
      title={eventText(event, t)}
      at={event.at}
    >
      <Button size="sm" look="ghost" onClick={() => seenEvents.set(Math.max(seenEvents.get(), event.id))}>
        {t('needs.seen')}
      </Button>
    </NeedRow>
  )
}

/** The page of policies at the script that a fault is in. */
const atFault = (fault: ScriptProblem, project: string | undefined) => {
  const { level, name } = scriptOf(fault.file)
  return links.policies(level === 'project' ? project : undefined, name)
}

/** A changed script that was refused: the last good set goes on. */
export function RefusedRow({ projects, fault }: { projects: string[]; fault: ScriptProblem }) {
  const t = useT()
  const to = atFault(fault, projects[0])
  return (
    <NeedRow
      icon={<Scale className="size-3.5 text-red" />}
      place={projects.join(t('list.comma'))}
      to={to}
      title={t('needs.policy', { file: placeOf(fault) })}
      detail={fault.message}
      at={undefined}
    >
      <Link {...to} className={buttonLook('secondary', 'sm')}>
        {t('needs.mend')}
      </Link>
    </NeedRow>
  )
}

const placeOf = ({ file, line }: ScriptProblem) => (line === null ? file : `${file}:${line}`)

/** A hook that fails when it is asked: the built-in one answers for it. */
export function HookRow({ failure }: { failure: HookFailure }) {
  const t = useT()
  const { hook, problem, project, last_at, times_count } = failure
  const to = atFault(problem, project)
  return (
    <NeedRow
      icon={<Scale className="size-3.5 text-amber" />}
      place={`${project} · ${placeOf(problem)}`}
      to={to}
      title={t('needs.hook', { hook, count: times_count })}
      detail={problem.message}
      at={last_at}
    >
      <Link {...to} className={buttonLook('secondary', 'sm')}>
        {t('needs.mend')}
      </Link>
    </NeedRow>
  )
}

/** An account that rests until its limit resets, or until somebody says that it may be used again. */
export function ProviderRow({ parked }: { parked: ParkedProvider }) {
  const { t, locale, said } = useLanguage()
  const now = useNow('minute')
  const unpark = useUnparkProvider()
  return (
    <NeedRow
      icon={<CirclePause className="size-3.5 text-amber" />}
      place={t('nav.agents')}
      to={links.agents()}
      title={t('health.parked', { name: parked.provider, at: nearTime(parked.until, now, locale) })}
      detail={said(parked.reason)}
      at={undefined}
    >
      <Button
        size="sm"
        busy={unpark.isPending}
        onClick={() => unpark.mutate(parked.provider, { onError: sayFailed })}
      >
        {t('needs.unpark')}
      </Button>
    </NeedRow>
  )
}

/** Messages that a channel could not bring to anybody. */
export function DeliveriesRow({ channel, failed }: { channel: string; failed: Delivery[] }) {
  const { t, said } = useLanguage()
  const retry = useRetryDelivery()
  const newest = failed[0]
  const projects = [...new Set(failed.map(({ project }) => project))]
  const tryAll = () => {
    Promise.all(failed.map(({ id }) => retry.mutateAsync(id))).then(
      () => sayDone(t('needs.retried', { count: failed.length })),
      sayFailed,
    )
  }
  return (
    <NeedRow
      icon={<Send className="size-3.5 text-red" />}
      place={projects.length === 1 ? (projects[0] ?? t('nav.operations')) : t('nav.operations')}
      to={links.operations('deliveries')}
      title={t('needs.deliveries', { count: failed.length, channel })}
      detail={newest?.error ? said(newest.error) : newest?.title}
      at={newest?.ended_at ?? newest?.created_at}
    >
      <Button size="sm" busy={retry.isPending} onClick={tryAll}>
        {t('action.tryAgain')}
      </Button>
      <Button
        size="sm"
        look="ghost"
        onClick={() => seenDeliveries.set(Math.max(seenDeliveries.get(), ...failed.map(({ id }) => id)))}
      >
        {t('needs.seen')}
      </Button>
    </NeedRow>
  )
}
