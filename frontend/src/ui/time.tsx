import { useNow } from '@/hooks/useNow'
import { age, duration, fullTime, secondsBetween } from '@/util/format'
import { useLanguage } from '@/util/i18n'

/** How long ago, with the full time on hover. */
export function Ago({ at, className }: { at: string; className?: string }) {
  const { locale, t } = useLanguage()
  const seconds = secondsBetween(at, useNow('minute'))
  return (
    <time dateTime={at} title={fullTime(at, locale)} className={className}>
      {seconds < 10 ? t('time.now') : t('time.ago', { age: age(seconds, locale) })}
    </time>
  )
}

/** How old, without "ago": for narrow places. */
export function Age({ at, className }: { at: string; className?: string }) {
  const { locale } = useLanguage()
  return (
    <time dateTime={at} title={fullTime(at, locale)} className={className}>
      {age(secondsBetween(at, useNow('minute')), locale)}
    </time>
  )
}

/** A length of time that grows each second until it has an end. */
export function Elapsed({
  from,
  to,
  className,
}: {
  from: string
  to?: string | null | undefined
  className?: string
}) {
  return to ? (
    <FixedSpan from={from} to={to} className={className} />
  ) : (
    <GrowingSpan from={from} className={className} />
  )
}

interface Span {
  from: string
  className: string | undefined
}

function GrowingSpan({ from, className }: Span) {
  const { locale } = useLanguage()
  return <span className={className}>{duration(secondsBetween(from, useNow('second')), locale)}</span>
}

function FixedSpan({ from, to, className }: Span & { to: string }) {
  const { locale } = useLanguage()
  return <span className={className}>{duration(secondsBetween(from, to), locale)}</span>
}
