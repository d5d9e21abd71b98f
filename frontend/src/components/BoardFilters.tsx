import { ChevronDown, Rows3, Search, X } from 'lucide-react'
import { useMemo, useRef, type ReactNode } from 'react'

import { riskLevelValues } from '@/api/__generated__/schema'
import { isNarrowed, type View } from '@/components/board'
import { useShortcuts } from '@/hooks/useShortcuts'
import { Avatar } from '@/ui/Avatar'
import { Button, IconButton } from '@/ui/Button'
import { Input } from '@/ui/Field'
import { Menu, MenuChoice } from '@/ui/Menu'
import { useT } from '@/util/i18n'

interface Props {
  view: View
  onChange: (view: View) => void
  agents: readonly string[]
  children: ReactNode
}

/** Narrows the board down; the filter is part of the address. */
export function BoardFilters({ view: filter, onChange, agents, children }: Props) {
  const t = useT()
  const search = useRef<HTMLInputElement>(null)
  useShortcuts(useMemo(() => ({ '/': () => search.current?.focus() }), []))
  return (
    <div role="search" className="flex w-full min-w-0 items-center gap-1.5 md:ml-auto md:w-auto">
      <div className="relative min-w-0 flex-1">
        <Search className="pointer-events-none absolute top-1.75 left-2 size-3.5 text-ink-3" />
        <Input
          ref={search}
          type="search"
          aria-label={t('board.filter')}
          placeholder={t('board.filter')}
          value={filter.q ?? ''}
          onChange={event => onChange({ ...filter, q: event.target.value || undefined })}
          onKeyDown={event => event.key === 'Escape' && event.currentTarget.blur()}
          className="h-7! pl-7 text-xs! md:w-52"
        />
      </div>
      <Menu
        align="end"
        trigger={
          <Button size="sm" look={filter.assignee ? 'secondary' : 'ghost'}>
            {filter.assignee ?? t('task.assignee')}
            <ChevronDown className="size-3" />
          </Button>
        }
      >
        {agents.map(agent => (
          <MenuChoice
            key={agent}
            checked={filter.assignee === agent}
            onCheckedChange={checked => onChange({ ...filter, assignee: checked ? agent : undefined })}
          >
            <Avatar actor={agent} size="xs" />
            {agent}
          </MenuChoice>
        ))}
      </Menu>
      <Menu
        align="end"
        trigger={
          <Button size="sm" look={filter.risk ? 'secondary' : 'ghost'}>
            {filter.risk ? t(`risk.${filter.risk}`) : t('task.risk')}
            <ChevronDown className="size-3" />
          </Button>
        }
      >
        {riskLevelValues.map(risk => (
          <MenuChoice
            key={risk}
            checked={filter.risk === risk}
            onCheckedChange={checked => onChange({ ...filter, risk: checked ? risk : undefined })}
          >
            {t(`risk.${risk}`)}
          </MenuChoice>
        ))}
      </Menu>
      {isNarrowed(filter) && (
        <Button
          size="sm"
          look="ghost"
          icon={<X className="size-3.5" />}
          onClick={() => onChange({ by: filter.by })}
        >
          {t('board.clear')}
        </Button>
      )}
      <IconButton
        label={t('board.group')}
        aria-pressed={filter.by === 'agent'}
        icon={<Rows3 className="size-4" />}
        onClick={() => onChange({ ...filter, by: filter.by ? undefined : 'agent' })}
        className="hidden! aria-pressed:bg-press aria-pressed:text-ink md:inline-flex!"
      />
      {children}
    </div>
  )
}
