/** Mails as conversations. */
import type { Mail } from '@/api/client'
import { isOpen, isUnread, me } from '@/api/mail'
import { groupBy } from '@/util/group'

export interface Talk {
  /** The id of its first mail, by which it is known. */
  id: number
  /** The newest mail at hand. */
  newest: Mail
  /** Who is at the other end, as seen from the dashboard. */
  with: string
  unread: boolean
  /** A request in it still wants an answer. */
  open: boolean
  overdue: boolean
}

/** The conversations that mails, newest first, belong to; each stands where its newest mail does. */
export const talksOf = (mails: readonly Mail[]): Talk[] =>
  [...groupBy(mails, mail => mail.conversation)].flatMap(([id, list]) => {
    const newest = list[0]
    if (!newest) return []
    const open = list.filter(isOpen)
    return {
      id,
      newest,
      with: newest.from === me ? newest.to : newest.from,
      unread: list.some(isUnread),
      open: open.length > 0,
      overdue: open.some(mail => mail.overdue_at !== null),
    }
  })

const around = /[*_`]+/g
const marks = /[#>|]+|-{2,}/g
const gistLength = 120

/** The beginning of a text in Markdown, in a line, without its marks. */
export const gist = (text: string): string =>
  text
    .slice(0, 2 * gistLength)
    .replace(around, '')
    .replace(marks, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, gistLength)

/** What an answer in a conversation, oldest first, goes to: the newest mail of somebody else. */
export const toAnswer = (mails: readonly Mail[]): Mail | undefined => mails.findLast(mail => mail.from !== me)
