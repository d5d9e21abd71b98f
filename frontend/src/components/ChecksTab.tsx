import { Link } from '@tanstack/react-router'
import {
  Circle,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleX,
  LoaderCircle,
  ShieldCheck,
  type LucideIcon,
} from 'lucide-react'

import type { TaskDetail } from '@/api/client'
import {
  askedNow,
  checksOf,
  gateOf,
  mustHavesOf,
  type Answer,
  type Check,
  type CheckState,
  type Gate,
  type Look,
  type MustHave,
} from '@/components/gates'
import { ActorName, Avatar } from '@/ui/Avatar'
import { Disclosure } from '@/ui/Disclosure'
import { Markdown } from '@/ui/Markdown'
import { Box, Panel, Tag } from '@/ui/Panel'
import { Empty } from '@/ui/states'
import { Ago } from '@/ui/time'
import { cx } from '@/util/cx'
import { useLanguage, useT, type Translate } from '@/util/i18n'
import { links } from '@/util/links'

interface Sign {
  icon: LucideIcon
  color: string
}

const stateSigns: Record<CheckState, Sign> = {
  waits: { icon: LoaderCircle, color: 'text-azure' },
  passed: { icon: CircleCheck, color: 'text-green' },
  noted: { icon: CircleAlert, color: 'text-amber' },
  stands: { icon: CircleX, color: 'text-red' },
  mended: { icon: CircleCheck, color: 'text-ink-3' },
}

const gateSigns: Record<Gate['state'], Sign> = {
  none: { icon: CircleDashed, color: 'text-ink-3' },
  pending: { icon: LoaderCircle, color: 'text-azure' },
  refused: { icon: CircleX, color: 'text-red' },
  passed: { icon: CircleCheck, color: 'text-green' },
}

/** What stands between an agent's word and a completed task: must-haves, checks, guardrails, and what each came to. */
export function ChecksTab({ task }: { task: TaskDetail }) {
  const t = useT()
  const gate = gateOf(task)
  const must = mustHavesOf(task)
  const { checks, others } = checksOf(task)
  if (gate.state === 'none' && must.length + checks.length + others.length === 0)
    return (
      <Empty icon={<ShieldCheck className="size-5" />} title={t('check.none')}>
        {t('check.noneHint')}
      </Empty>
    )
  return (
    <div className="flex flex-col gap-5">
      <GateBox gate={gate} task={task} />
      {must.length > 0 && (
        <Panel title={t('must.title')} count={must.length}>
          <Box>
            <ul>
              {must.map(one => (
                <MustHaveRow key={`${one.kind} ${one.text}`} must={one} />
              ))}
            </ul>
          </Box>
        </Panel>
      )}
      {checks.length > 0 && (
        <Panel title={t('check.title')} count={checks.length}>
          <Box>
            <ul>
              {checks.map(check => (
                <li key={check.rule} className="border-b border-line last:border-0">
                  {/* One that comes to stand in the way opens itself. */}
                  <CheckRow key={check.state} check={check} />
                </li>
              ))}
            </ul>
          </Box>
        </Panel>
      )}
      {others.length > 0 && (
        <Panel title={t('check.answers')} count={others.length}>
          <Box>
            <ul>
              {others.map(answer => (
                <li key={answer.id} className="border-b border-line px-4 py-2.5 last:border-0">
                  <AnswerView answer={answer} />
                </li>
              ))}
            </ul>
          </Box>
        </Panel>
      )}
    </div>
  )
}

function GateBox({ gate, task }: { gate: Gate; task: TaskDetail }) {
  const { t, said } = useLanguage()
  const { icon: Icon, color } = gateSigns[gate.state]
  return (
    <Box className="flex items-start gap-2.5 px-4 py-3">
      <Icon
        className={cx('mt-0.75 size-3.5 shrink-0', color, gate.state === 'pending' && 'animate-breathe')}
      />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap gap-x-3">
          <span className="font-medium">{t(`gate.${gate.state}`)}</span>
          {gate.at && <Ago at={gate.at} className="ml-auto text-xs text-ink-3" />}
        </p>
        {gate.state === 'none' && <p className="text-xs text-ink-3">{t('gate.noneHint')}</p>}
        {gate.state === 'pending' && (
          <p className="mt-1 flex flex-wrap gap-1.5">
            {gate.what.map(rule => (
              <Tag key={rule}>{rule}</Tag>
            ))}
          </p>
        )}
        {gate.state === 'refused' && (
          <ul className="mt-1 list-disc pl-4 text-xs text-ink-2 marker:text-ink-4">
            {gate.what.map(missing => (
              <li key={missing} className="wrap-anywhere">
                {said(missing)}
              </li>
            ))}
          </ul>
        )}
        {askedNow(task).map(({ id, agent }) => (
          <p key={id} className="mt-1.5 flex items-center gap-1.5 text-xs text-ink-2">
            <Avatar actor={agent} size="xs" /> {t('gate.asked', { agent })}
          </p>
        ))}
      </div>
    </Box>
  )
}

function thereSign({ kind, there }: MustHave, t: Translate): Sign & { words: string } {
  if (there === true) return { icon: CircleCheck, color: 'text-green', words: t('must.there') }
  if (kind === 'part') return { icon: Circle, color: 'text-ink-3', words: t('must.open') }
  if (there === false) return { icon: Circle, color: 'text-amber', words: t('must.missing') }
  return {
    icon: CircleDashed,
    color: 'text-ink-3',
    words: t(kind === 'truth' ? 'must.truth' : 'must.unknown'),
  }
}

function MustHaveRow({ must }: { must: MustHave }) {
  const t = useT()
  const { icon: Icon, color, words } = thereSign(must, t)
  const isName = must.kind === 'artifact' || must.kind === 'link'
  return (
    <li className="flex items-start gap-2.5 border-b border-line px-4 py-2 last:border-0">
      <Icon className={cx('mt-0.75 size-3.5 shrink-0', color)} />
      <span className="w-16 shrink-0 text-xs leading-5 text-ink-3">{t(`must.kind.${must.kind}`)}</span>
      <span className={cx('min-w-0 flex-1 wrap-anywhere', isName && 'font-mono text-xs leading-5')}>
        {must.text}
      </span>
      <span className={cx('shrink-0 text-right text-xs leading-5', color)}>{words}</span>
    </li>
  )
}

function CheckRow({ check }: { check: Check }) {
  const { t, said } = useLanguage()
  const { rule, state, looks, answers } = check
  const { icon: Icon, color } = stateSigns[state]
  const [newest, ...earlier] = looks
  const at = newest?.at ?? answers[0]?.at
  return (
    <Disclosure
      startsOpen={state === 'stands'}
      className="flex flex-wrap items-center gap-x-3 gap-y-1"
      head={
        <>
          <span className={cx('flex w-28 shrink-0 items-center gap-1.5 text-xs font-medium', color)}>
            <Icon className={cx('size-3.5', state === 'waits' && 'animate-breathe')} />
            {t(`check.${state}`)}
          </span>
          <span className="min-w-0 font-mono text-xs font-medium wrap-anywhere">{rule}</span>
          {newest?.severity && <Tag>{t(`check.severity.${newest.severity}`)}</Tag>}
          <span className="min-w-0 flex-1 basis-40 truncate text-xs text-ink-2">
            {newest && (newest.passed ? newest.text : said(newest.text))}
          </span>
          {at && <Ago at={at} className="ml-auto text-xs text-ink-3" />}
        </>
      }
    >
      <div className="flex flex-col gap-3 px-4 py-3">
        {newest ? <LookView look={newest} /> : <Silent check={check} />}
        {answers.map(answer => (
          <AnswerView key={answer.id} answer={answer} />
        ))}
        {earlier.length > 0 && (
          <details>
            <summary className="w-fit rounded-sm text-2xs text-ink-3">
              {t('check.earlier', { count: earlier.length })}
            </summary>
            <ul className="mt-2 flex flex-col gap-3 border-l-2 border-line pl-3">
              {earlier.map(look => (
                <li key={look.id}>
                  <Ago at={look.at} className="text-2xs text-ink-3" />
                  <LookView look={look} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Disclosure>
  )
}

/** A check without a word: it waits, or there was nothing to be found. */
function Silent({ check }: { check: Check }) {
  const t = useT()
  if (check.answers.length > 0) return null
  return (
    <p className="text-xs text-ink-3">{t(check.state === 'waits' ? 'check.nothingYet' : 'check.silent')}</p>
  )
}

function LookView({ look }: { look: Look }) {
  const t = useT()
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {look.question && (
        <p className="border-l-2 border-line-strong pl-3 text-xs wrap-anywhere text-ink-2">
          <span className="text-ink-3">{t('check.question')}: </span>
          {look.question}
        </p>
      )}
      <p className={cx('text-xs wrap-anywhere whitespace-pre-line', look.passed && 'font-mono')}>
        {look.text}
      </p>
      {look.by && look.by !== 'nobody' && (
        <p className="flex items-center gap-1.5 text-2xs text-ink-3">
          <Avatar actor={look.by} size="xs" /> {t('check.answeredBy', { agent: look.by })}
        </p>
      )}
      {look.evidence && (
        <pre className="max-h-72 overflow-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs wrap-anywhere whitespace-pre-wrap">
          {look.evidence}
        </pre>
      )}
    </div>
  )
}

function AnswerView({ answer }: { answer: Answer }) {
  const t = useT()
  return (
    <div>
      <p className="flex items-center gap-2 text-xs">
        <ActorName actor={answer.agent} size="xs" />
        <span className={cx('font-medium', answer.holds ? 'text-green' : 'text-red')}>
          {t(answer.holds ? 'check.holds' : 'check.fails')}
        </span>
        <Ago at={answer.at} className="ml-auto text-ink-3" />
      </p>
      {answer.text && (
        <div className="mt-1 text-xs text-ink-2">
          <Markdown text={answer.text} />
        </div>
      )}
    </div>
  )
}

/** The gate in a line, for the head of the page. */
export function GateLine({ task }: { task: TaskDetail }) {
  const t = useT()
  const gate = gateOf(task)
  if (gate.state !== 'pending' && !(gate.state === 'refused' && task.status === 'working')) return null
  const { icon: Icon, color } = gateSigns[gate.state]
  return (
    <div className="flex flex-wrap items-start gap-x-2.5 gap-y-1 px-4 py-2.5">
      <Icon
        className={cx('mt-0.75 size-3.5 shrink-0', color, gate.state === 'pending' && 'animate-breathe')}
      />
      <p className="min-w-0 flex-1 wrap-anywhere">
        <span className={cx('font-medium', color)}>{t(`gate.${gate.state}`)}</span>{' '}
        <span className="text-ink-2">{gate.what.join(t('list.comma'))}</span>
      </p>
      <Link
        {...links.task(task.project, task.id, 'checks')}
        resetScroll={false}
        className="rounded-sm text-xs leading-5 text-accent hover:underline"
      >
        {t('gate.toChecks')}
      </Link>
    </div>
  )
}
