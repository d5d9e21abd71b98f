import { Cpu, ScrollText, User } from 'lucide-react'

import { cx } from '@/util/cx'

const sizes = { xs: 'size-4 text-[8px]', sm: 'size-5 text-[9px]', md: 'size-6 text-[10px]' }

const hue = (name: string) => {
  let hash = 7
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 3600
  return hash / 10
}

const initials = (name: string) => {
  const [first = '', second] = name.split(/[-_:. ]+/)
  return (second ? (first[0] ?? '') + (second[0] ?? '') : first.slice(0, 2)).toUpperCase()
}

const icon = (actor: string) => {
  if (actor === 'human' || actor.startsWith('human:')) return <User className="size-[65%]" />
  if (actor === 'daemon') return <Cpu className="size-[65%]" />
  if (actor === 'policy') return <ScrollText className="size-[65%]" />
  return undefined
}

/** The round sign of an agent, a person, the daemon or the policy. Decorative: the name stands beside it. */
export function Avatar({ actor, size = 'sm' }: { actor: string; size?: keyof typeof sizes }) {
  const sign = icon(actor)
  return (
    <span
      aria-hidden
      style={sign ? undefined : { color: `oklch(var(--avatar-l) 0.12 ${hue(actor)})` }}
      className={cx(
        'inline-flex shrink-0 items-center justify-center rounded-full tint font-semibold tracking-tight',
        sizes[size],
        sign && 'text-ink-2',
      )}
    >
      {sign ?? initials(actor)}
    </span>
  )
}

export const ActorName = ({ actor, size = 'sm' }: { actor: string; size?: keyof typeof sizes }) => (
  <span className="inline-flex min-w-0 items-center gap-1.5">
    <Avatar actor={actor} size={size} />
    <span className="truncate">{actor}</span>
  </span>
)
