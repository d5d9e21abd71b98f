import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CirclePause } from 'lucide-react'

import { providersQuery } from '@/api/access'
import type { Provider } from '@/api/client'
import { useUnparkProvider } from '@/hooks/access-writes'
import { Button } from '@/ui/Button'
import { Box, Panel } from '@/ui/Panel'
import { sayDone, sayFailed } from '@/ui/toast'
import { cx } from '@/util/cx'
import { fullTime } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'

/** The accounts that agents use up, and which of them rest until a limit resets. */
export function Providers() {
  const t = useT()
  const { data: providers = [] } = useQuery(providersQuery)
  if (providers.length === 0) return null
  return (
    <Panel title={t('providers.title')} count={providers.length}>
      <Box>
        <ul>
          {providers.map(provider => (
            <ProviderRow key={provider.name} provider={provider} />
          ))}
        </ul>
      </Box>
    </Panel>
  )
}

function ProviderRow({ provider }: { provider: Provider }) {
  const { t, locale, said } = useLanguage()
  const unpark = useUnparkProvider()
  const parked = provider.parked_until
  const Icon = parked ? CirclePause : CircleCheck
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2.5 last:border-0">
      <Icon className={cx('size-4 shrink-0', parked ? 'text-amber' : 'text-green')} />
      <div className="min-w-0 flex-1 basis-48">
        <p className="text-sm font-medium">{provider.name}</p>
        <p className={cx('text-xs wrap-anywhere', parked ? 'text-amber' : 'text-ink-3')}>
          {parked
            ? [
                t('providers.parked', { at: fullTime(parked, locale) }),
                provider.reason && said(provider.reason),
              ]
                .filter(Boolean)
                .join(' · ')
            : t('providers.ready')}
        </p>
      </div>
      <p className="max-w-full truncate text-xs text-ink-3">{provider.agents.join(t('list.comma'))}</p>
      {parked && (
        <Button
          size="sm"
          busy={unpark.isPending}
          aria-label={t('providers.unparkOf', { name: provider.name })}
          onClick={() =>
            unpark.mutate(provider.name, {
              onSuccess: () => sayDone(t('providers.unparked', { name: provider.name })),
              onError: sayFailed,
            })
          }
        >
          {t('providers.unpark')}
        </Button>
      )}
    </li>
  )
}
