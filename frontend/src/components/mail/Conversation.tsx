import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronLeft, Send } from 'lucide-react'
import { useEffect, useState, type ReactNode, type SyntheticEvent } from 'react'

import type { Mail } from '@/api/client'
import { conversationQuery, isOpen, isPerson, me, type Mailbox, type MailWant } from '@/api/mail'
import { toAnswer } from '@/components/mail/talks'
import { useReadMail, useSendMail } from '@/hooks/access-writes'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { TextArea } from '@/ui/Field'
import { Refusal } from '@/ui/FormDialog'
import { Markdown } from '@/ui/Markdown'
import { Box, Tag } from '@/ui/Panel'
import { Failure, SkeletonRows } from '@/ui/states'
import { StatusIcon } from '@/ui/status'
import { Ago } from '@/ui/time'
import { sayDone } from '@/ui/toast'
import { cx } from '@/util/cx'
import { fullTime } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'
import { links } from '@/util/links'

interface Props {
  id: number
  box: Mailbox
  want: MailWant | undefined
}

/** A conversation from its first word to the answer that is about to be written. */
export function Conversation({ id, box, want }: Props) {
  const t = useT()
  const { data: mails, error, refetch } = useQuery(conversationQuery(id))
  useReadOnSight(mails)
  if (error && !mails) return <Failure error={error} retry={() => void refetch()} />
  if (!mails) return <SkeletonRows rows={3} height="h-24" />
  const [first] = mails
  if (!first) return <Failure error={new Error(t('mail.gone'))} />
  const answered = toAnswer(mails)
  return (
    <article className="mx-auto flex max-w-3xl flex-col gap-4">
      <header>
        <Link
          {...links.mail(box, undefined, want)}
          className="mb-3 inline-flex items-center gap-1 rounded-sm text-xs text-ink-2 hover:text-ink md:hidden"
        >
          <ChevronLeft className="size-3.5" />
          {t('mail.back')}
        </Link>
        <h2 className="text-lg font-semibold tracking-tight text-pretty wrap-anywhere">{first.subject}</h2>
        <p className="mt-1 flex items-center gap-2 text-xs text-ink-3">
          {t('mail.count', { count: mails.length })}
          {!isPerson(first.to) && (
            <Link
              {...links.task('_mail', first.task)}
              className="inline-flex items-center gap-1 rounded-sm hover:text-ink hover:underline"
            >
              <StatusIcon status={first.task_status} label={t(`status.${first.task_status}`)} />
              {t('mail.task', { id: first.task })}
            </Link>
          )}
        </p>
      </header>
      <ol className="flex flex-col gap-3">
        {mails.map(mail => (
          <li key={mail.id}>
            <MailCard
              mail={mail}
              showSubject={mail.subject !== first.subject && !mail.subject.endsWith(first.subject)}
            />
          </li>
        ))}
      </ol>
      {answered ? (
        <Reply key={answered.id} mail={answered} />
      ) : (
        <p className="text-xs text-ink-3">{t('mail.waitsFor', { who: first.to })}</p>
      )}
    </article>
  )
}

/** What lies in the mailbox of whoever sits here counts as read once it is on screen. */
function useReadOnSight(mails: readonly Mail[] | undefined) {
  const { mutate } = useReadMail()
  const unread = mails?.findLast(mail => mail.to === me && mail.read_at === null)?.id
  useEffect(() => {
    if (unread !== undefined) mutate(unread)
  }, [unread, mutate])
}

function MailCard({ mail, showSubject }: { mail: Mail; showSubject: boolean }) {
  const { t, locale } = useLanguage()
  const read = useReadMail()
  const mine = mail.from === me
  return (
    <Box className={cx('px-4 py-3', mine && 'bg-sunken!')}>
      <header className="mb-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
        <Avatar actor={mail.from} />
        <span className="text-sm font-medium">{mail.from}</span>
        <span className="text-ink-3">{t('mail.to', { who: mail.to })}</span>
        <Tag>{t(`mail.${mail.kind}`)}</Tag>
        <Ago at={mail.created_at} className="ml-auto text-ink-3" />
      </header>
      {showSubject && <p className="mb-1 text-sm font-medium">{mail.subject}</p>}
      <Markdown text={mail.body} />
      <footer className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-2xs text-ink-3 empty:hidden">
        {mail.overdue_at && isOpen(mail) && <State bad>{t('mail.overdue')}</State>}
        {mail.deadline_at && isOpen(mail) && !mail.overdue_at && (
          <State>{t('mail.due', { at: fullTime(mail.deadline_at, locale) })}</State>
        )}
        {mail.kind === 'request' && mail.answered_by !== null && <span>{t('mail.answered')}</span>}
        {mail.to.startsWith(`${me}:`) && mail.read_at === null && (
          <button
            type="button"
            onClick={() => read.mutate(mail.id)}
            className="rounded-sm text-accent hover:underline"
          >
            {t('mail.markRead')}
          </button>
        )}
        {!mine && mail.read_at && (
          <span>
            {t('mail.read')} <Ago at={mail.read_at} />
          </span>
        )}
      </footer>
    </Box>
  )
}

const State = ({ bad, children }: { bad?: boolean; children: ReactNode }) => (
  <span className={cx('font-medium', bad ? 'text-red' : 'text-amber')}>{children}</span>
)

/** The answer to a mail. */
function Reply({ mail }: { mail: Mail }) {
  const t = useT()
  const send = useSendMail()
  const [text, setText] = useState('')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const body = text.trim()
    if (!body || send.isPending) return
    send.mutate(
      { body, in_reply_to: mail.id },
      {
        onSuccess: () => {
          setText('')
          sayDone(t('mail.sent'))
        },
      },
    )
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <TextArea
        aria-label={t('mail.answerTo', { who: mail.from })}
        placeholder={t('mail.answerTo', { who: mail.from })}
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit(event)
        }}
      />
      <Refusal error={send.error} />
      <div className="flex items-center gap-3">
        <p className="text-2xs text-ink-3">{t(isOpen(mail) ? 'mail.closes' : 'mail.informs')}</p>
        <Button
          look="primary"
          type="submit"
          className="ml-auto"
          icon={<Send className="size-3.5" />}
          busy={send.isPending}
          reason={text.trim() ? undefined : t('mail.empty')}
        >
          {t('mail.answer')}
        </Button>
      </div>
    </form>
  )
}
