/** The only table of addresses. Each page is loaded when it is first needed. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Link } from '@tanstack/react-router'
import { Compass } from 'lucide-react'

import { eventKindValues, levelValues, riskLevelValues } from '@/api/__generated__/schema'
import { mailboxes, mailWants, type Mailbox, type MailWant } from '@/api/mail'
import type { EventFilter } from '@/api/operations'
import { spendPeriods, type SpendPeriod } from '@/api/spend'
import type { View } from '@/components/board'
import { Shell } from '@/components/Shell'
import { Empty, Failure } from '@/ui/states'
import { useT, withWords } from '@/util/i18n'
import {
  knowledgeTabs,
  links,
  operationTabs,
  taskTabs,
  type KnowledgeTab,
  type OperationTab,
  type TaskTab,
} from '@/util/links'

const oneOf = <T extends string>(words: readonly T[], given: unknown): T | undefined =>
  words.find(word => word === given)
const text = (given: unknown): string | undefined =>
  typeof given === 'string' || typeof given === 'number' ? String(given) || undefined : undefined

function NotFound() {
  const t = useT()
  return (
    <Empty icon={<Compass className="size-6" />} title={t('error.noPage')} className="pt-32">
      <Link {...links.overview()} className="rounded-sm text-accent hover:underline">
        {t('nav.overview')}
      </Link>
    </Empty>
  )
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('@/pages/OverviewPage'), 'OverviewPage'),
})

const board = createRoute({
  getParentRoute: () => root,
  path: '/projects/$project',
  validateSearch: (search: Record<string, unknown>): View => ({
    q: text(search.q),
    assignee: text(search.assignee),
    risk: oneOf(riskLevelValues, search.risk),
    by: oneOf(['agent'] as const, search.by),
  }),
  component: lazyRouteComponent(
    withWords(() => import('@/pages/BoardPage')),
    'BoardPage',
  ),
})

const task = createRoute({
  getParentRoute: () => root,
  path: '/projects/$project/tasks/$task',
  validateSearch: (search: Record<string, unknown>): { tab?: TaskTab | undefined } => ({
    tab: oneOf(taskTabs, search.tab),
  }),
  component: lazyRouteComponent(
    withWords(() => import('@/pages/TaskPage')),
    'TaskPage',
  ),
})

const agents = createRoute({
  getParentRoute: () => root,
  path: '/agents',
  component: lazyRouteComponent(
    withWords(() => import('@/pages/AgentsPage')),
    'AgentsPage',
  ),
})

const events = createRoute({
  getParentRoute: () => root,
  path: '/events',
  validateSearch: (search: Record<string, unknown>): EventFilter => ({
    level: oneOf(levelValues, search.level),
    project: text(search.project),
    kind: oneOf(eventKindValues, search.kind),
  }),
  component: lazyRouteComponent(
    withWords(() => import('@/pages/EventsPage')),
    'EventsPage',
  ),
})

const mail = createRoute({
  getParentRoute: () => root,
  path: '/mail',
  validateSearch: (
    search: Record<string, unknown>,
  ): { box?: Mailbox | undefined; mail?: number | undefined; want?: MailWant | undefined } => ({
    box: oneOf(mailboxes, search.box),
    mail: Number(search.mail) || undefined,
    want: oneOf(mailWants, search.want),
  }),
  component: lazyRouteComponent(
    withWords(() => import('@/pages/MailPage')),
    'MailPage',
  ),
})

const spend = createRoute({
  getParentRoute: () => root,
  path: '/spend',
  validateSearch: (
    search: Record<string, unknown>,
  ): { period?: SpendPeriod | undefined; project?: string | undefined } => ({
    period: oneOf(spendPeriods, search.period),
    project: text(search.project),
  }),
  component: lazyRouteComponent(
    withWords(() => import('@/pages/SpendPage')),
    'SpendPage',
  ),
})

const operations = createRoute({
  getParentRoute: () => root,
  path: '/operations',
  validateSearch: (search: Record<string, unknown>): { tab?: OperationTab | undefined } => ({
    tab: oneOf(operationTabs, search.tab),
  }),
  component: lazyRouteComponent(
    withWords(() => import('@/pages/OperationsPage')),
    'OperationsPage',
  ),
})

const knowledge = createRoute({
  getParentRoute: () => root,
  path: '/knowledge',
  validateSearch: (
    search: Record<string, unknown>,
  ): { tag?: string | undefined; tab?: KnowledgeTab | undefined } => ({
    tag: text(search.tag),
    tab: oneOf(knowledgeTabs, search.tab),
  }),
  component: lazyRouteComponent(
    withWords(() => import('@/pages/KnowledgePage')),
    'KnowledgePage',
  ),
})

const policies = createRoute({
  getParentRoute: () => root,
  path: '/policies',
  validateSearch: (
    search: Record<string, unknown>,
  ): { project?: string | undefined; script?: string | undefined } => ({
    project: text(search.project),
    script: text(search.script),
  }),
  component: lazyRouteComponent(
    withWords(() => import('@/pages/PoliciesPage')),
    'PoliciesPage',
  ),
})

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    board,
    task,
    agents,
    events,
    knowledge,
    mail,
    spend,
    operations,
    policies,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: ({ error, reset }) => (
    <Failure error={error instanceof Error ? error : new Error(String(error))} retry={reset} />
  ),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
