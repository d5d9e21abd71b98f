import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bot, FolderPlus } from 'lucide-react'

import { eventsQuery, projectsQuery, sessionsQuery, statusQuery } from '@/api/queries'
import { todayQuery, type Today as Numbers } from '@/api/operations'
import { EventRow } from '@/components/EventRow'
import { Health } from '@/components/Health'
import { NeedsYou } from '@/components/needs/NeedsYou'
import { useNeeds } from '@/components/needs/useNeeds'
import { ProjectRow } from '@/components/ProjectRow'
import { SessionRow } from '@/components/SessionRow'
import { useNow } from '@/hooks/useNow'
import { useTitle } from '@/hooks/useTitle'
import { Page } from '@/ui/Page'
import { Box, Panel } from '@/ui/Panel'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { cx } from '@/util/cx'
import { number } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'
import { links } from '@/util/links'

export function OverviewPage() {
  const t = useT()
  const { data: status } = useQuery(statusQuery)
  const { data: projects, error, refetch } = useQuery(projectsQuery)
  const needs = useNeeds((projects ?? []).filter(project => project.status === 'active'))
  useTitle(needs.needs.length > 0 ? `(${needs.needs.length}) ${t('nav.overview')}` : t('nav.overview'))

  if (error) return <Failure error={error} retry={() => void refetch()} />
  return (
    <Page
      title={t('nav.overview')}
      actions={status && <span className="ml-auto text-2xs text-ink-3 tabular-nums">v{status.version}</span>}
    >
      <div className="grid grid-cols-1 gap-x-8 gap-y-7 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="flex min-w-0 flex-col gap-7">
          <Today />
          <Panel title={t('overview.needsYou')} count={needs.needs.length || undefined}>
            <NeedsYou {...needs} />
          </Panel>
          <Panel title={t('nav.projects')} count={projects?.length}>
            {projects === undefined ? (
              <SkeletonRows rows={3} height="h-20" />
            ) : projects.length === 0 ? (
              <Box>
                <Empty icon={<FolderPlus className="size-5" />} title={t('overview.noProjects')}>
                  {t('overview.noProjectsHint')}
                  <code className="mt-2 block font-mono text-ink-2">
                    moziplus project create --id demo --name Demo
                  </code>
                </Empty>
              </Box>
            ) : (
              <Box>
                <ul>
                  {projects.map(project => (
                    <ProjectRow key={project.id} project={project} status={status?.projects[project.id]} />
                  ))}
                </ul>
              </Box>
            )}
          </Panel>
          <Lately />
        </div>
        <div className="flex min-w-0 flex-col gap-7">
          <LiveNow />
          {status ? <Health status={status} besideNeeds /> : <SkeletonRows />}
        </div>
      </div>
    </Page>
  )
}

const figures = ['created', 'done', 'failed', 'reviews', 'attempts'] as const satisfies (keyof Numbers)[]
const figureColor = {
  created: '',
  done: 'text-green',
  failed: 'text-red',
  reviews: 'text-violet',
  attempts: 'text-azure',
}

/** What has happened since midnight, in five numbers. */
function Today() {
  const { t, locale } = useLanguage()
  const now = useNow('minute')
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  const { data } = useQuery(todayQuery(midnight))
  return (
    <Panel title={t('today.title')}>
      <dl className="grid grid-cols-5 divide-x divide-line overflow-hidden rounded-lg border border-line bg-raised shadow-card">
        {figures.map(figure => (
          <div key={figure} className="px-3 py-2.5 sm:px-4">
            <dt className="truncate text-2xs text-ink-3">{t(`today.${figure}`)}</dt>
            <dd
              className={cx(
                'text-xl font-semibold tracking-tight tabular-nums',
                data === undefined || data[figure] === 0 ? 'text-ink-4' : figureColor[figure],
              )}
            >
              {data ? number(data[figure], locale) : '–'}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

const latest = 8

/** The newest of what is worth a glance. */
function Lately() {
  const t = useT()
  const { data: events } = useQuery(eventsQuery(latest))
  if (!events?.length) return null
  return (
    <Panel
      title={t('overview.lately')}
      action={
        <Link {...links.events()} className="rounded-sm text-xs text-ink-3 hover:text-ink">
          {t('overview.allEvents')}
        </Link>
      }
    >
      <Box>
        <ul>
          {events.map(event => (
            <EventRow key={event.id} event={event} withPlace />
          ))}
        </ul>
      </Box>
    </Panel>
  )
}

function LiveNow() {
  const t = useT()
  const { data: sessions } = useQuery(sessionsQuery)
  return (
    <Panel title={t('overview.liveNow')} count={sessions?.length || undefined}>
      {sessions === undefined ? (
        <SkeletonRows rows={2} height="h-16" />
      ) : (
        <Box>
          {sessions.length === 0 ? (
            <Empty icon={<Bot className="size-5" />} title={t('session.none')}>
              {t('session.noneHint')}
            </Empty>
          ) : (
            <ul>
              {sessions.map(attempt => (
                <SessionRow key={attempt.id} attempt={attempt} />
              ))}
            </ul>
          )}
        </Box>
      )}
    </Panel>
  )
}
