import { useQueries, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'

import { jobsQuery } from '@/api/operations'
import { openLettersQuery, projectsQuery } from '@/api/queries'
import { BackupsSection } from '@/components/operations/BackupsSection'
import { ConfigSection } from '@/components/operations/ConfigSection'
import { DeliveriesSection } from '@/components/operations/DeliveriesSection'
import { FiguresSection } from '@/components/operations/FiguresSection'
import { JobsSection } from '@/components/operations/JobsSection'
import { KeysSection } from '@/components/operations/KeysSection'
import { LettersSection } from '@/components/operations/LettersSection'
import { StorageSection } from '@/components/operations/StorageSection'
import { useTitle } from '@/hooks/useTitle'
import { Page } from '@/ui/Page'
import { SectionTabs } from '@/ui/SectionTabs'
import { useT } from '@/util/i18n'
import { links, operationTabs, type OperationTab } from '@/util/links'

const route = getRouteApi('/operations')

const sections: Record<OperationTab, () => React.ReactNode> = {
  figures: FiguresSection,
  jobs: JobsSection,
  backups: BackupsSection,
  deliveries: DeliveriesSection,
  letters: LettersSection,
  keys: KeysSection,
  storage: StorageSection,
  config: ConfigSection,
}

/** What the daemon does by itself, and what keeps it well. */
export function OperationsPage() {
  const t = useT()
  const { tab = 'figures' } = route.useSearch()
  const { data: jobs } = useQuery(jobsQuery)
  const { data: projects = [] } = useQuery(projectsQuery)
  const letters = useQueries({ queries: projects.map(project => openLettersQuery(project.id)) })
  useTitle(t('nav.operations'))
  const failed = jobs?.filter(job => job.last_run?.outcome === 'failed').length ?? 0
  const unsettled = letters.flatMap(query => query.data ?? []).length
  const counts: Partial<Record<OperationTab, number>> = { jobs: failed, letters: unsettled }
  const Section = sections[tab]
  return (
    <Page title={t('nav.operations')}>
      <SectionTabs
        label={t('nav.operations')}
        current={tab}
        tabs={operationTabs.map(key => ({
          key,
          label: t(`operations.${key}`),
          count: counts[key],
          bad: true,
          to: links.operations(key),
        }))}
      />
      <Section />
    </Page>
  )
}
