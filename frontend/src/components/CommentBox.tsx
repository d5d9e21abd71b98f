import { useRef, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'

import { useAddComment } from '@/hooks/writes'
import { Avatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { control } from '@/ui/Field'
import { Kbd } from '@/ui/Panel'
import { sayFailed } from '@/ui/toast'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'
import { mentionAt, mentionsIn } from '@/util/mentions'

interface Props {
  project: string
  task: string
  /** Who can be mentioned. */
  agents: readonly string[]
}

const most = 6

/** Where a person writes into the thread. `@` offers the project's agents. */
export function CommentBox({ project, task, agents }: Props) {
  const t = useT()
  const add = useAddComment(project, task)
  const box = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const [caret, setCaret] = useState(0)
  const [picked, setPicked] = useState(0)
  const mention = mentionAt(text, caret)
  const offers = mention
    ? agents.filter(agent => agent.includes(mention.typed) && agent !== mention.typed).slice(0, most)
    : []
  const offer = offers[Math.min(picked, offers.length - 1)]

  const send = () => {
    const body = text.trim()
    if (!body || add.isPending) return
    add.mutate(
      { body, mentions: mentionsIn(body, agents) },
      { onSuccess: () => setText(''), onError: sayFailed },
    )
  }

  const take = (agent: string) => {
    if (!mention) return
    const head = `${text.slice(0, mention.start)}@${agent} `
    // At once, because the next key may come before the next frame.
    flushSync(() => {
      setText(head + text.slice(caret))
      setCaret(head.length)
    })
    box.current?.focus()
    box.current?.setSelectionRange(head.length, head.length)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      send()
      return
    }
    if (!offer) return
    const moves: Record<string, () => void> = {
      ArrowDown: () => setPicked((picked + 1) % offers.length),
      ArrowUp: () => setPicked((picked + offers.length - 1) % offers.length),
      Enter: () => take(offer),
      Tab: () => take(offer),
      Escape: () => setCaret(0),
    }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }

  return (
    <div className={cx(control, 'relative flex flex-col p-0! focus-within:border-accent')}>
      {offers.length > 0 && (
        <ul
          id="mention-offers"
          role="listbox"
          aria-label={t('comment.mention')}
          className="absolute bottom-full left-2 z-20 mb-1 min-w-48 animate-pop rounded-lg bg-raised p-1 shadow-pop"
        >
          {offers.map(agent => (
            <li
              key={agent}
              id={`mention-${agent}`}
              role="option"
              aria-selected={agent === offer}
              onMouseDown={event => {
                event.preventDefault()
                take(agent)
              }}
              className={cx('flex items-center gap-2 rounded-md px-2 py-1', agent === offer && 'bg-hover')}
            >
              <Avatar actor={agent} size="xs" />
              {agent}
            </li>
          ))}
        </ul>
      )}
      <textarea
        ref={box}
        value={text}
        rows={Math.min(10, Math.max(2, text.split('\n').length))}
        aria-label={t('comment.label')}
        aria-autocomplete="list"
        aria-controls={offers.length > 0 ? 'mention-offers' : undefined}
        aria-activedescendant={offer ? `mention-${offer}` : undefined}
        placeholder={t('comment.placeholder')}
        onChange={event => {
          setText(event.target.value)
          setCaret(event.target.selectionStart)
          setPicked(0)
        }}
        onSelect={event => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        className="resize-none bg-transparent px-3 pt-2 leading-5 outline-none placeholder:text-ink-3"
      />
      <div className="flex items-center gap-1 px-2 pb-2">
        <span className="ml-1 hidden items-center gap-1 text-2xs text-ink-3 sm:flex">
          <Kbd>⌘</Kbd>
          <Kbd>↵</Kbd>
        </span>
        <Button
          size="sm"
          look="primary"
          className="ml-auto"
          busy={add.isPending}
          reason={text.trim() ? undefined : t('comment.empty')}
          onClick={send}
        >
          {t('comment.send')}
        </Button>
      </div>
    </div>
  )
}
