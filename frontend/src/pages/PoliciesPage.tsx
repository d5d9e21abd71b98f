import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useBlocker } from '@tanstack/react-router'
import { Scale } from 'lucide-react'
import { useEffect, useRef } from 'react'

import { failuresAt } from '@/api/failing'
import { projectsQuery, statusQuery } from '@/api/queries'
import { faultsQuery, scriptsQuery } from '@/api/scripts'
import { anyDrafts } from '@/components/policies/drafts'
import { LeaveDialog } from '@/components/policies/LeaveDialog'
import { ScriptList } from '@/components/policies/ScriptList'
import { Workbench } from '@/components/policies/Workbench'
import { isPhone } from '@/hooks/useMediaQuery'
import { useTitle } from '@/hooks/useTitle'
import { Select } from '@/ui/Field'
import { Page } from '@/ui/Page'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { useT } from '@/util/i18n'

const route = getRouteApi('/policies')

// Every place has it, and it is what people come for.
const firstScript = 'tick'

/** The scripts that decide, in one project or in all: reading, trying out and changing them. */
export function PoliciesPage() {
  const t = useT()
  const { project: place, script } = route.useSearch()
  const selected = script ?? firstScript
  const { data: projects = [] } = useQuery(projectsQuery)
  const { data: status } = useQuery(statusQuery)
  const { data: list, error, refetch } = useQuery(scriptsQuery(place))
  const { data: everyFault } = useQuery({ ...faultsQuery(place, firstScript), enabled: !!list?.last_error })
  const faults = list?.last_error ? (everyFault ?? [list.last_error]) : []
  const failures = failuresAt(place, status?.projects ?? {})
  const known = list?.items.find(({ name }) => name === selected)
  useTitle(t('nav.policies'))
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && anyDrafts(),
    enableBeforeUnload: anyDrafts,
    withResolver: true,
  })

  const below = useRef<HTMLDivElement>(null)
  const shown = useRef(selected)
  useEffect(() => {
    // On a phone the script is below the list, so the page goes there when another is chosen.
    if (shown.current !== selected && isPhone()) below.current?.scrollIntoView()
    shown.current = selected
  }, [selected])

  const head = {
    title: t('nav.policies'),
    actions: <PlaceSelect place={place} projects={projects} />,
  }
  if (error)
    return (
      <Page {...head}>
        <Failure error={error} retry={() => void refetch()} />
      </Page>
    )
  return (
    <Page {...head} bleed>
      <div className="flex flex-col md:grid md:h-full md:grid-cols-[232px_minmax(0,1fr)]">
        <div className="border-b border-line md:overflow-y-auto md:border-r md:border-b-0">
          {list ? (
            <ScriptList
              place={place}
              scripts={list.items}
              faults={faults}
              failures={failures}
              selected={known?.name}
              jobErrors={place === undefined ? (status?.job_script_errors ?? []) : []}
            />
          ) : (
            <div className="p-3">
              <SkeletonRows rows={7} />
            </div>
          )}
        </div>
        <div ref={below} className="min-h-dvh min-w-0 scroll-mt-26 md:min-h-0 md:overflow-y-auto">
          {known ? (
            <Workbench
              key={`${place ?? ''}/${known.name}`}
              place={place}
              name={known.name}
              faults={faults}
              failures={failures}
              projects={projects.filter(({ status }) => status === 'active').map(({ id }) => id)}
            />
          ) : (
            list && (
              <Empty icon={<Scale className="size-5" />} title={t('policy.none')}>
                {t('policy.noneHint')}
              </Empty>
            )
          )}
        </div>
      </div>
      {leaving.status === 'blocked' && <LeaveDialog stay={leaving.reset} leave={leaving.proceed} />}
    </Page>
  )
}

function PlaceSelect({
  place,
  projects,
}: {
  place: string | undefined
  projects: { id: string; name: string }[]
}) {
  const t = useT()
  const navigate = route.useNavigate()
  return (
    <Select
      aria-label={t('policy.place')}
      value={place ?? ''}
      onChange={event =>
        void navigate({
          search: ({ script }) => ({ script, project: event.target.value || undefined }),
          resetScroll: false,
        })
      }
      className="ml-auto w-44! text-xs [&>select]:h-7"
    >
      <option value="">{t('policy.everywhere')}</option>
      {projects.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  )
}
