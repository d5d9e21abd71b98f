import { Link } from '@tanstack/react-router'
import { CirclePause, Coins, MailWarning } from 'lucide-react'

import type { UsedUp } from '@/api/budget'
import type { DeadLetter, Project, Task } from '@/api/client'
import { NeedRow, ofTask } from '@/components/needs/NeedRow'
import type { Silence } from '@/components/needs/needs'
import { QuickActions } from '@/components/QuickActions'
import { SettleLetter } from '@/components/SettleLetter'
import { buttonLook } from '@/ui/Button'
import { StatusIcon } from '@/ui/status'
import { money, number } from '@/util/format'
import { useLanguage } from '@/util/i18n'
import { links } from '@/util/links'

/** A task that a person has to decide about. */
export function TroubledRow({ project, task }: { project: Project; task: Task }) {
  const { t, said } = useLanguage()
  return (
    <NeedRow
      icon={<StatusIcon status={task.status} label={t(`status.${task.status}`)} />}
      {...ofTask(project, task.id)}
      title={task.title}
      detail={task.reason && said(task.reason)}
      at={task.status_since}
    >
      <QuickActions task={task} archived={false} />
    </NeedRow>
  )
}

interface BlockedProps {
  project: Project
  task: Task
  silence: Silence
}

/** A task that waits for somebody who will not come by itself. */
export function BlockedRow({ project, task, silence }: BlockedProps) {
  const { t, said } = useLanguage()
  const why =
    silence.why === 'person' ? t('needs.person') : t(`needs.${silence.why}`, { agent: silence.agent })
  const place = ofTask(project, task.id)
  return (
    <NeedRow
      icon={<CirclePause className="size-3.5 text-amber" />}
      {...place}
      title={task.title}
      detail={[why, task.reason && said(task.reason)].filter(Boolean).join(' · ')}
      at={task.status_since}
    >
      {silence.why === 'person' ? (
        <Link {...place.to} className={buttonLook('secondary', 'sm')}>
          {t('needs.answer')}
        </Link>
      ) : (
        <QuickActions task={task} archived={false} />
      )}
    </NeedRow>
  )
}

/** Late writes of agents that had lost their task. */
export function LetterRow({ project, letter }: { project: Project; letter: DeadLetter }) {
  const { t, said } = useLanguage()
  return (
    <NeedRow
      icon={<MailWarning className="size-3.5 text-ink-3" />}
      {...ofTask(project, letter.task)}
      title={t('letter.title', { operation: letter.operation, agent: letter.agent ?? t('letter.somebody') })}
      detail={said(letter.reason)}
      at={letter.created_at}
    >
      <SettleLetter project={project.id} letter={letter.id} />
    </NeedRow>
  )
}

/** A budget that keeps everybody from being started. */
export function BudgetRow({ project, usedUp }: { project: Project; usedUp: UsedUp }) {
  const { t, locale } = useLanguage()
  const show = usedUp.in === 'cost' ? money : number
  const values = { spent: show(usedUp.spent, locale), allowed: show(usedUp.allowed, locale) }
  return (
    <NeedRow
      icon={<Coins className="size-3.5 text-red" />}
      place={project.name}
      to={links.operations('config')}
      title={t('needs.budget', { project: project.name })}
      detail={`${t(`needs.budget.${usedUp.in}`, values)} · budget.${usedUp.key}${
        usedUp.of === 'day' ? ` · ${t('needs.budget.day')}` : ''
      }`}
      at={undefined}
    >
      <Link {...links.spend()} className={buttonLook('secondary', 'sm')}>
        {t('nav.spend')}
      </Link>
    </NeedRow>
  )
}
