/** Reads of mail between agents and people. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { http, unwrap, type Mail } from '@/api/client'
import { keys } from '@/api/queries'

export const mailboxes = ['inbox', 'sent', 'all'] as const
export type Mailbox = (typeof mailboxes)[number]

export const mailWants = ['unread', 'open'] as const
/** Only what nobody has read, or requests that wait for an answer. */
export type MailWant = (typeof mailWants)[number]

/** Whoever sits at the dashboard. */
export const me = 'human'

/** True for whoever sits at the dashboard, under whatever name. */
export const isPerson = (who: string) => who === me || who.startsWith(`${me}:`)

/** True for a mail that lies unread in a person's mailbox. */
export const isUnread = (mail: Mail): boolean => isPerson(mail.to) && mail.read_at === null

/** True for a request that still wants an answer. */
export const isOpen = (mail: Mail): boolean =>
  mail.kind === 'request' &&
  mail.answered_by === null &&
  (isPerson(mail.to) || !['done', 'failed', 'cancelled'].includes(mail.task_status))

const boxes: Record<Mailbox, { to?: string; from?: string }> = {
  inbox: { to: me },
  sent: { from: me },
  all: {},
}

const mailPage = 60
// That a mail was read makes no event.
const lookMs = 5000

export const mailListQuery = (box: Mailbox, want: MailWant | undefined) =>
  infiniteQueryOptions({
    queryKey: [...keys.mail, 'list', box, want ?? null],
    refetchInterval: lookMs,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        http.GET('/api/mail', {
          params: {
            query: { ...boxes[box], ...(want && { [want]: true }), limit: mailPage, cursor: pageParam },
          },
          signal,
        }),
      ),
    getNextPageParam: page => page.next_cursor ?? undefined,
  })

const longestConversation = 200

/** A conversation by its first mail, oldest first. */
export const conversationQuery = (first: number) =>
  queryOptions({
    queryKey: [...keys.mail, 'conversation', first],
    refetchInterval: lookMs,
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          http.GET('/api/mail', {
            params: { query: { conversation: first, limit: longestConversation } },
            signal,
          }),
        )
      ).items.toReversed(),
  })

const mostUnread = 100

/** What lies unread in the mailboxes of people, newest first. */
export const unreadMailQuery = queryOptions({
  queryKey: [...keys.mail, 'unread'],
  refetchInterval: 3 * lookMs,
  queryFn: async ({ signal }) =>
    (
      await unwrap(
        http.GET('/api/mail', { params: { query: { to: me, unread: true, limit: mostUnread } }, signal }),
      )
    ).items,
})

/** Requests to people that wait for an answer, newest first. */
export const openMailQuery = queryOptions({
  queryKey: [...keys.mail, 'open'],
  queryFn: async ({ signal }) =>
    (
      await unwrap(
        http.GET('/api/mail', { params: { query: { to: me, open: true, limit: mostUnread } }, signal }),
      )
    ).items,
})
