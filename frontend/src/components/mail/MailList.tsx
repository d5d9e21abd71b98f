import { Link } from '@tanstack/react-router'
import { MailOpen } from 'lucide-react'

import type { Mailbox, MailWant } from '@/api/mail'
import { gist, type Talk } from '@/components/mail/talks'
import { Avatar } from '@/ui/Avatar'
import { Tag } from '@/ui/Panel'
import { Empty } from '@/ui/states'
import { Age } from '@/ui/time'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'
import { links } from '@/util/links'

interface Props {
  talks: Talk[]
  box: Mailbox
  want: MailWant | undefined
  selected: number | undefined
}

/** Conversations, newest first; each a link that opens it. */
export function MailList({ talks, box, want, selected }: Props) {
  const t = useT()
  if (talks.length === 0)
    return (
      <Empty icon={<MailOpen className="size-5" />} title={t(want ? 'mail.noneSuch' : 'mail.none')}>
        {t('mail.noneHint')}
      </Empty>
    )
  return (
    <ul>
      {talks.map(talk => {
        const quiet = talk.id === selected ? 'text-ink-2' : 'text-ink-3'
        return (
          <li key={talk.id} className="border-b border-line">
            <Link
              {...links.mail(box, talk.id, want)}
              aria-current={talk.id === selected ? 'page' : undefined}
              className={cx(
                'flex gap-2.5 px-4 py-2.5 focus-visible:-outline-offset-2',
                talk.id === selected ? 'bg-press' : 'hover:bg-hover',
              )}
            >
              <span className="relative mt-0.5">
                <Avatar actor={talk.with} size="md" />
                {talk.unread && (
                  <span
                    role="img"
                    aria-label={t('mail.unread')}
                    className="absolute -top-0.5 -right-0.5 size-2 rounded-full bg-accent ring-2 ring-surface"
                  />
                )}
              </span>
              <span className="min-w-0 flex-1">
                <span className="flex items-baseline gap-2">
                  <span className={cx('truncate text-sm', talk.unread ? 'font-semibold' : 'text-ink-2')}>
                    {talk.with}
                  </span>
                  <Age
                    at={talk.newest.created_at}
                    className={cx('ml-auto shrink-0 text-2xs tabular-nums', quiet)}
                  />
                </span>
                <span className={cx('block truncate text-sm', talk.unread && 'font-medium')}>
                  {talk.newest.subject}
                </span>
                <span className="flex items-center gap-2">
                  <span className={cx('truncate text-xs', quiet)}>{gist(talk.newest.body)}</span>
                  {talk.open && (
                    <Tag
                      className={cx(
                        'ml-auto shrink-0',
                        talk.id === selected && 'bg-surface!',
                        talk.overdue ? 'text-red!' : 'text-amber!',
                      )}
                    >
                      {t(talk.overdue ? 'mail.overdue' : 'mail.open')}
                    </Tag>
                  )}
                </span>
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
