import { useQuery } from '@tanstack/react-query'
import { useNavigate, type LinkOptions } from '@tanstack/react-router'
import {
  Activity,
  Bot,
  Coins,
  Lightbulb,
  Mail,
  Moon,
  Plus,
  Scale,
  Search,
  Settings2,
  SquareKanban,
  Zap,
  type LucideIcon,
} from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react'

import { agentsQuery, projectsQuery, searchQuery } from '@/api/queries'
import { matches } from '@/components/palette'
import { useDebounced } from '@/hooks/useDebounced'
import { useTicker } from '@/hooks/writes'
import { Avatar } from '@/ui/Avatar'
import { Kbd } from '@/ui/Panel'
import { StatusIcon } from '@/ui/status'
import { sayDone, sayFailed } from '@/ui/toast'
import { cx } from '@/util/cx'
import { setLocale, useLanguage, type Key } from '@/util/i18n'
import { links, operationTabs } from '@/util/links'
import { setTheme } from '@/util/preferences'

interface Item {
  key: string
  group: Key
  icon: ReactNode
  name: string
  /** Quiet words behind the name. */
  note?: string
  keys?: string
  run: () => void
}

interface Props {
  onClose: () => void
  onCreate: () => void
  onHelp: () => void
}

const typingMs = 120
const mostOfGroup = 6
const icon = (Icon: LucideIcon) => <Icon className="size-4 text-ink-3" />

/** What can be done and gone to by name: actions and pages at once, tasks as the server finds them. */
function useItems(text: string, { onClose, onCreate, onHelp }: Props): Item[] {
  const { t, locale } = useLanguage()
  const navigate = useNavigate()
  const ticker = useTicker()
  const { data: projects = [] } = useQuery(projectsQuery)
  const { data: agents = [] } = useQuery(agentsQuery)
  const { data: hits = [] } = useQuery(searchQuery(useDebounced(text, typingMs)))
  const act = (run: () => void) => () => {
    onClose()
    run()
  }
  const go = (to: LinkOptions) => act(() => void navigate(to))
  const actions: Item[] = [
    { key: 'create', name: t('create.title'), keys: 'C', icon: icon(Plus), run: act(onCreate) },
    {
      key: 'tick',
      name: t('health.tickNow'),
      icon: icon(Zap),
      run: act(() =>
        ticker.mutate('tick', { onSuccess: () => sayDone(t('health.tickNow')), onError: sayFailed }),
      ),
    },
    {
      key: 'theme',
      name: t('palette.theme'),
      icon: icon(Moon),
      run: act(() => setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark')),
    },
    {
      key: 'language',
      name: locale === 'en' ? '切换到简体中文' : 'Switch to English',
      icon: icon(Settings2),
      run: act(() => setLocale(locale === 'en' ? 'zh' : 'en')),
    },
    { key: 'help', name: t('shortcut.title'), keys: '?', icon: icon(Settings2), run: act(onHelp) },
  ].map(item => ({ ...item, group: 'palette.actions' as const }))
  const pages: Item[] = [
    {
      key: 'overview',
      name: t('nav.overview'),
      keys: 'G O',
      icon: icon(Activity),
      run: go(links.overview()),
    },
    { key: 'agents', name: t('nav.agents'), keys: 'G A', icon: icon(Bot), run: go(links.agents()) },
    {
      key: 'knowledge',
      name: t('nav.knowledge'),
      keys: 'G K',
      icon: icon(Lightbulb),
      run: go(links.knowledge()),
    },
    { key: 'mail', name: t('nav.mail'), keys: 'G M', icon: icon(Mail), run: go(links.mail()) },
    { key: 'spend', name: t('nav.spend'), keys: 'G U', icon: icon(Coins), run: go(links.spend()) },
    { key: 'policies', name: t('nav.policies'), keys: 'G P', icon: icon(Scale), run: go(links.policies()) },
    { key: 'events', name: t('nav.events'), keys: 'G E', icon: icon(Activity), run: go(links.events()) },
    ...operationTabs.map((tab, index) => ({
      key: `operations-${tab}`,
      name: `${t('nav.operations')}: ${t(`operations.${tab}`)}`,
      icon: icon(Settings2),
      run: go(links.operations(tab)),
      ...(index === 0 && { keys: 'G S' }),
    })),
    ...projects.map(project => ({
      key: `project-${project.id}`,
      name: project.name,
      note: project.id,
      icon: icon(SquareKanban),
      run: go(links.board(project.id)),
    })),
  ].map(item => ({ ...item, group: 'palette.pages' as const }))
  const people: Item[] = agents.map(agent => ({
    key: `agent-${agent.id}`,
    group: 'palette.agents',
    name: agent.display_name,
    note: t(`role.${agent.role}`),
    icon: <Avatar actor={agent.id} size="xs" />,
    run: go(links.agents()),
  }))
  const tasks: Item[] = text
    ? hits.map(hit => ({
        key: `hit-${hit.kind}-${hit.project ?? ''}-${hit.id}`,
        group: 'palette.tasks',
        name: hit.title,
        note: [hit.project, hit.task ?? hit.id].filter(Boolean).join(' · '),
        icon: hit.status ? (
          <StatusIcon status={hit.status} label={t(`status.${hit.status}`)} />
        ) : (
          icon(Lightbulb)
        ),
        run: go(
          hit.project && hit.task && hit.kind !== 'experience'
            ? links.task(hit.project, hit.task, hit.kind === 'output' ? 'outputs' : undefined)
            : links.knowledge(undefined, hit.kind === 'skill' ? 'skills' : 'lessons'),
        ),
      }))
    : []
  const found = (items: Item[]) =>
    items.filter(item => matches(text, `${item.name} ${item.note ?? ''}`)).slice(0, text ? mostOfGroup : 20)
  return [...found(actions), ...tasks, ...found(pages), ...(text ? found(people) : [])]
}

/** Everything by name, from anywhere: a field and the list of what it finds. */
export function CommandPalette(props: Props) {
  const { t } = useLanguage()
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const items = useItems(text.trim(), props)
  const chosen = items[Math.min(at, items.length - 1)]
  const step = (by: number) => {
    if (items.length === 0) return
    const next = (Math.min(at, items.length - 1) + by + items.length) % items.length
    setAt(next)
    document.getElementById(`${id}-${items[next]?.key ?? ''}`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const moves: Record<string, (() => void) | undefined> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: chosen?.run,
    }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }
  return (
    <Dialog.Root open onOpenChange={props.onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-[oklch(0.1_0.01_264/0.45)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[8vh] z-40 mx-auto flex max-h-[70vh] max-w-xl animate-pop flex-col overflow-hidden rounded-xl bg-surface shadow-pop"
        >
          <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
          <div className="flex items-center gap-2.5 border-b border-line px-4">
            <Search className="size-4 shrink-0 text-ink-3" />
            <input
              role="combobox"
              aria-expanded
              aria-controls={`${id}-list`}
              aria-activedescendant={chosen && `${id}-${chosen.key}`}
              aria-label={t('palette.title')}
              placeholder={t('palette.placeholder')}
              value={text}
              onChange={event => {
                setText(event.target.value)
                setAt(0)
              }}
              onKeyDown={onKeyDown}
              className="h-12 w-full bg-transparent text-base outline-none placeholder:text-ink-3"
            />
            <Kbd>Esc</Kbd>
          </div>
          <ul
            id={`${id}-list`}
            role="listbox"
            aria-label={t('palette.title')}
            className="overflow-y-auto p-1.5"
          >
            {items.map((item, index) => (
              <Row
                key={item.key}
                id={`${id}-${item.key}`}
                item={item}
                on={item === chosen}
                heading={items[index - 1]?.group === item.group ? undefined : t(item.group)}
                onPoint={() => setAt(index)}
              />
            ))}
          </ul>
          {items.length === 0 && (
            <p className="px-4 pt-2 pb-6 text-center text-sm text-ink-3">{t('palette.none')}</p>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface RowProps {
  id: string
  item: Item
  on: boolean
  heading: string | undefined
  onPoint: () => void
}

const Row = ({ id, item, on, heading, onPoint }: RowProps) => (
  <>
    {heading && (
      <li role="presentation" className="px-2.5 pt-2 pb-1 text-2xs font-medium text-ink-3">
        {heading}
      </li>
    )}
    {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above has the keys */}
    <li
      id={id}
      role="option"
      aria-selected={on}
      onClick={item.run}
      onPointerMove={onPoint}
      className={cx('flex h-9 cursor-pointer items-center gap-3 rounded-md px-2.5', on && 'bg-press')}
    >
      <span className="flex size-4 items-center justify-center">{item.icon}</span>
      <span className="truncate text-sm">{item.name}</span>
      {item.note && <span className="truncate text-xs text-ink-3 tabular-nums">{item.note}</span>}
      {item.keys && (
        <span className="ml-auto flex gap-1">
          {item.keys.split(' ').map(one => (
            <Kbd key={one}>{one}</Kbd>
          ))}
        </span>
      )}
    </li>
  </>
)
