import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ScrollText } from 'lucide-react'

import { eventKindValues, levelValues } from '@/api/__generated__/schema'
import type { Level } from '@/api/client'
import { eventLogQuery } from '@/api/operations'
import { EventRow } from '@/components/EventRow'
import { ProjectSelect } from '@/components/ProjectSelect'
import { useMore } from '@/hooks/useMore'
import { useNearEnd } from '@/hooks/useNearEnd'
import { useTitle } from '@/hooks/useTitle'
import { Select } from '@/ui/Field'
import { Page } from '@/ui/Page'
import { Box } from '@/ui/Panel'
import { Segments } from '@/ui/Segments'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { LevelDot } from '@/ui/status'
import { day } from '@/util/format'
import { groupBy } from '@/util/group'
import { useLanguage } from '@/util/i18n'

const route = getRouteApi('/events')

// Agent output has its own place, the log of an attempt.
const shown: readonly Level[] = levelValues.filter(level => level !== 'activity')

const kinds = eventKindValues.filter(kind => kind !== 'gap' && kind !== 'agent_log')

export function EventsPage() {
  const { t, locale } = useLanguage()
  const filter = route.useSearch()
  const navigate = route.useNavigate()
  const log = useInfiniteQuery(eventLogQuery(filter))
  const { data, error, refetch } = log
  const end = useNearEnd(useMore(log))
  const events = data?.pages.flatMap(page => page.items)
  useTitle(t('nav.events'))
  const change = (next: typeof filter) => void navigate({ search: { ...filter, ...next }, replace: true })

  if (error && !data) return <Failure error={error} retry={() => void refetch()} />
  return (
    <Page
      title={t('nav.events')}
      actions={
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <Segments
            label={t('event.level')}
            value={filter.level ?? 'all'}
            options={[
              { key: 'all', name: t('event.allLevels') },
              ...shown.map(level => ({
                key: level,
                name: (
                  <>
                    <LevelDot level={level} />
                    {t(`level.${level}`)}
                  </>
                ),
              })),
            ]}
            onChange={level => change({ level: level === 'all' ? undefined : level })}
          />
          <Select
            aria-label={t('event.kind')}
            value={filter.kind ?? ''}
            onChange={event => change({ kind: kinds.find(kind => kind === event.target.value) })}
            className="w-36! text-xs [&>select]:h-7"
          >
            <option value="">{t('event.allKinds')}</option>
            {kinds.map(kind => (
              <option key={kind} value={kind}>
                {t(`kind.${kind}`)}
              </option>
            ))}
          </Select>
          <ProjectSelect
            label={t('task.project')}
            none={t('event.allProjects')}
            value={filter.project}
            onChange={project => change({ project })}
          />
        </div>
      }
    >
      {events === undefined ? (
        <SkeletonRows rows={8} />
      ) : events.length === 0 ? (
        <Empty icon={<ScrollText className="size-5" />} title={t('event.none')}>
          {t('event.noneHint')}
        </Empty>
      ) : (
        <div className="flex flex-col gap-5">
          {[...groupBy(events, event => day(event.at, locale))].map(([name, list]) => (
            <section key={name}>
              <h2 className="mb-1.5 text-xs text-ink-3">{name}</h2>
              <Box>
                <ul>
                  {list.map(event => (
                    <EventRow key={event.id} event={event} withPlace />
                  ))}
                </ul>
              </Box>
            </section>
          ))}
          <div ref={end} />
        </div>
      )}
    </Page>
  )
}
