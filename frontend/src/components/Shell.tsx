import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useParams } from '@tanstack/react-router'
import {
  Activity,
  BookOpen,
  Bot,
  Coins,
  Ellipsis,
  LayoutGrid,
  Lightbulb,
  Mail,
  Plus,
  Scale,
  Search,
  SlidersHorizontal,
  SquareKanban,
  TriangleAlert,
} from 'lucide-react'
import { Suspense, useId, useMemo, useState, type ReactNode } from 'react'

import { ApiError, type DaemonStatus, type Project } from '@/api/client'
import { unreadMailQuery } from '@/api/mail'
import { projectsQuery, statusQuery } from '@/api/queries'
import { Preferences } from '@/components/Preferences'
import { exampleProject, tourStore } from '@/components/tour'
import { WireSign } from '@/components/WireSign'
import { useShortcuts } from '@/hooks/useShortcuts'
import { Button, IconButton } from '@/ui/Button'
import { Kbd } from '@/ui/Panel'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'
import { lazyPart } from '@/util/lazy-part'
import { links, serverLinks } from '@/util/links'
import { useStore } from '@/util/store'

const CreateTaskDialog = lazyPart(() => import('@/components/CreateTaskDialog'), 'CreateTaskDialog')
const ShortcutsDialog = lazyPart(() => import('@/components/ShortcutsDialog'), 'ShortcutsDialog')

const CommandPalette = lazyPart(() => import('@/components/CommandPalette'), 'CommandPalette')
const Login = lazyPart(() => import('@/components/Login'), 'Login')
const GuidedTour = lazyPart(() => import('@/components/GuidedTour'), 'GuidedTour')

const lastProjectKey = 'moziplus.project'

/** The project in the address, else the one seen last, else the first. */
function useCurrentProject(projects: Project[] | undefined): string | undefined {
  const { project } = useParams({ strict: false })
  if (project) sessionStorage.setItem(lastProjectKey, project)
  const last = project ?? sessionStorage.getItem(lastProjectKey)
  return projects?.find(known => known.id === last)?.id ?? projects?.[0]?.id
}

const navRow =
  'flex h-8 items-center gap-2.5 rounded-md px-2 text-sm text-ink-2 transition-colors hover:bg-hover hover:text-ink'
// The address says which script is open; the page is the same.
const anySearch = { includeSearch: false }
const navOn = { className: 'bg-press text-ink font-medium' }

export function Shell() {
  const t = useT()
  const navigate = useNavigate()
  const { data: projects } = useQuery(projectsQuery)
  const { data: status, error } = useQuery(statusQuery)
  const toured = useStore(tourStore)
  const current = useCurrentProject(projects)
  const [creating, setCreating] = useState(false)
  const [helping, setHelping] = useState(false)
  const [searching, setSearching] = useState(false)

  const shortcuts = useMemo(
    () => ({
      c: () => setCreating(true),
      '?': () => setHelping(true),
      'mod+k': () => setSearching(true),
      'g k': () => void navigate(links.knowledge()),
      'g s': () => void navigate(links.operations()),
      'g o': () => void navigate(links.overview()),
      'g b': current ? () => void navigate(links.board(current)) : undefined,
      'g a': () => void navigate(links.agents()),
      'g e': () => void navigate(links.events()),
      'g m': () => void navigate(links.mail()),
      'g u': () => void navigate(links.spend()),
      'g p': () => void navigate(links.policies()),
    }),
    [current, navigate],
  )
  useShortcuts(shortcuts)
  const locked = error instanceof ApiError && error.status === 401
  const example =
    !toured && projects?.find(({ id, status }) => id === exampleProject && status === 'active')?.id

  return (
    <div className="flex min-h-dvh flex-col md:flex-row">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-solid px-3 py-1.5 text-on-solid focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('nav.skip')}
      </a>
      <Sidebar
        projects={projects}
        status={status}
        current={current}
        onCreate={() => setCreating(true)}
        onSearch={() => setSearching(true)}
      />
      <PhoneBar onCreate={() => setCreating(true)} onSearch={() => setSearching(true)} />
      <main
        id="main"
        tabIndex={-1}
        className="min-w-0 flex-1 bg-surface pb-16 outline-none md:my-2 md:mr-2 md:h-[calc(100dvh-16px)] md:overflow-hidden md:rounded-lg md:border md:border-line md:pb-0 md:shadow-card"
      >
        {locked ? (
          <Suspense>
            <Login />
          </Suspense>
        ) : (
          <Outlet />
        )}
      </main>
      <PhoneTabs current={current} />
      <Suspense>
        {creating && <CreateTaskDialog onOpenChange={setCreating} project={current} />}
        {helping && <ShortcutsDialog open onOpenChange={setHelping} />}
        {searching && (
          <CommandPalette
            onClose={() => setSearching(false)}
            onCreate={() => setCreating(true)}
            onHelp={() => setHelping(true)}
          />
        )}
        {example && <GuidedTour project={example} />}
      </Suspense>
    </div>
  )
}

const Brand = () => (
  <Link {...links.overview()} className="flex items-center gap-2 text-sm font-semibold tracking-tight">
    <img src="/favicon.svg" alt="" className="size-5" />
    moziplus
  </Link>
)

interface SidebarProps {
  projects: Project[] | undefined
  status: DaemonStatus | undefined
  current: string | undefined
  onCreate: () => void
  onSearch: () => void
}

function Sidebar({ projects = [], status, current, onCreate, onSearch }: SidebarProps) {
  const t = useT()
  return (
    <aside className="sticky top-0 hidden h-dvh w-56 shrink-0 flex-col gap-4 px-3 py-3 md:flex">
      <div className="flex items-center justify-between pl-2">
        <Brand />
        <Preferences />
      </div>
      <div className="flex gap-1.5">
        <Button
          size="sm"
          icon={<Plus className="size-3.5" />}
          className="flex-1 justify-start"
          onClick={onCreate}
        >
          <span className="flex-1 text-left">{t('create.title')}</span>
          <Kbd>C</Kbd>
        </Button>
        <IconButton
          label={`${t('nav.search')} (Ctrl K)`}
          icon={<Search className="size-3.5" />}
          onClick={onSearch}
          className="border border-line-strong bg-raised shadow-card"
        />
      </div>
      <nav aria-label={t('nav.pages')} className="flex flex-col gap-px">
        <Link {...links.overview()} activeOptions={{ exact: true }} className={navRow} activeProps={navOn}>
          <LayoutGrid className="size-4" />
          {t('nav.overview')}
        </Link>
        <Link {...links.agents()} className={navRow} activeProps={navOn}>
          <Bot className="size-4" />
          <span className="flex-1">{t('nav.agents')}</span>
          {status !== undefined && status.active_sessions > 0 && (
            <span className="flex items-center gap-1 text-2xs text-azure tabular-nums">
              <span className="size-1.5 animate-breathe rounded-full bg-current" />
              {status.active_sessions}
            </span>
          )}
        </Link>
        <Link {...links.mail()} activeOptions={anySearch} className={navRow} activeProps={navOn}>
          <Mail className="size-4" />
          <span className="flex-1">{t('nav.mail')}</span>
          <UnreadMail />
        </Link>
        <Link {...links.knowledge()} activeOptions={anySearch} className={navRow} activeProps={navOn}>
          <Lightbulb className="size-4" />
          {t('nav.knowledge')}
        </Link>
        <Link {...links.policies()} activeOptions={anySearch} className={navRow} activeProps={navOn}>
          <Scale className="size-4" />
          {t('nav.policies')}
        </Link>
        <Link {...links.events()} activeOptions={anySearch} className={navRow} activeProps={navOn}>
          <Activity className="size-4" />
          {t('nav.events')}
        </Link>
        <Link {...links.spend()} activeOptions={anySearch} className={navRow} activeProps={navOn}>
          <Coins className="size-4" />
          {t('nav.spend')}
        </Link>
        <Link {...links.operations()} activeOptions={anySearch} className={navRow} activeProps={navOn}>
          <SlidersHorizontal className="size-4" />
          {t('nav.operations')}
        </Link>
      </nav>
      <nav
        aria-label={t('nav.projects')}
        className="-mx-1 flex min-h-0 flex-1 flex-col gap-px overflow-y-auto px-1"
      >
        <h2 className="px-2 pb-1 text-2xs font-medium text-ink-3">{t('nav.projects')}</h2>
        {projects.filter(isShown).map(project => (
          <ProjectLink key={project.id} project={project} status={status} current={current === project.id} />
        ))}
      </nav>
      <footer className="flex flex-col gap-px">
        <a href={serverLinks.docs()} target="_blank" rel="noreferrer" className={navRow}>
          <BookOpen className="size-4" />
          {t('nav.docs')}
        </a>
        <WireSign />
      </footer>
    </aside>
  )
}

/** How many mails to people nobody has read. */
function UnreadMail() {
  const { data: unread = [] } = useQuery(unreadMailQuery)
  return unread.length > 0 && <span className="text-2xs text-ink-3 tabular-nums">{unread.length}</span>
}

/** Archived projects can be read by their address; they take no place in the list. */
const isShown = (project: Project) => project.status !== 'archived'

function ProjectLink({
  project,
  status,
  current,
}: {
  project: Project
  status: DaemonStatus | undefined
  current: boolean
}) {
  const t = useT()
  const counts = status?.projects[project.id]?.tasks_summary
  const needs = counts ? counts.escalated + counts.failed : 0
  const moving = counts ? counts.working + counts.claimed + counts.review : 0
  return (
    <Link
      {...links.board(project.id)}
      className={cx(navRow, current && 'text-ink')}
      activeProps={navOn}
      title={project.description ?? undefined}
    >
      <SquareKanban className="size-4 shrink-0" />
      <span className="min-w-0 flex-1 truncate">{project.name}</span>
      {project.status === 'quarantined' && (
        <TriangleAlert className="size-3.5 text-amber" aria-label={t('overview.quarantined')} />
      )}
      {needs > 0 && (
        <span
          className="rounded-full tint px-1.5 text-2xs font-medium text-amber tabular-nums"
          title={t('overview.needsYou')}
        >
          {needs}
        </span>
      )}
      {moving > 0 && <span className="text-2xs text-ink-3 tabular-nums">{moving}</span>}
    </Link>
  )
}

function PhoneBar({ onCreate, onSearch }: { onCreate: () => void; onSearch: () => void }) {
  const t = useT()
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-1 border-b border-line bg-canvas/90 px-3 backdrop-blur md:hidden">
      <Brand />
      <div className="ml-auto flex items-center gap-1">
        <WireSign short />
        <IconButton label={t('nav.search')} icon={<Search className="size-4" />} onClick={onSearch} />
        <IconButton label={t('create.title')} icon={<Plus className="size-4" />} onClick={onCreate} />
        <Preferences />
      </div>
    </header>
  )
}

const phoneTab = 'flex flex-col items-center gap-0.5 py-2 text-2xs text-ink-3'
const phoneTabOn = { className: 'text-ink font-medium' }

const PhoneTab = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <>
    {icon}
    {children}
  </>
)

function PhoneTabs({ current }: { current: string | undefined }) {
  const t = useT()
  const more = useId()
  return (
    <nav
      aria-label={t('nav.pages')}
      className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <Link
        {...links.overview()}
        activeOptions={{ exact: true }}
        className={phoneTab}
        activeProps={phoneTabOn}
      >
        <PhoneTab icon={<LayoutGrid className="size-4.5" />}>{t('nav.overview')}</PhoneTab>
      </Link>
      {current && (
        <Link {...links.board(current)} className={phoneTab} activeProps={phoneTabOn}>
          <PhoneTab icon={<SquareKanban className="size-4.5" />}>{t('nav.board')}</PhoneTab>
        </Link>
      )}
      <Link {...links.agents()} className={phoneTab} activeProps={phoneTabOn}>
        <PhoneTab icon={<Bot className="size-4.5" />}>{t('nav.agents')}</PhoneTab>
      </Link>
      <Link {...links.policies()} activeOptions={anySearch} className={phoneTab} activeProps={phoneTabOn}>
        <PhoneTab icon={<Scale className="size-4.5" />}>{t('nav.policies')}</PhoneTab>
      </Link>
      <button type="button" popoverTarget={more} className={phoneTab}>
        <PhoneTab icon={<Ellipsis className="size-4.5" />}>{t('nav.more')}</PhoneTab>
      </button>
      <div
        id={more}
        popover="auto"
        className="fixed inset-auto right-3 bottom-16 w-52 rounded-lg bg-raised p-1.5 text-ink shadow-pop"
      >
        {[
          { to: links.mail(), name: t('nav.mail'), icon: <Mail className="size-4" /> },
          { to: links.knowledge(), name: t('nav.knowledge'), icon: <Lightbulb className="size-4" /> },
          { to: links.events(), name: t('nav.events'), icon: <Activity className="size-4" /> },
          { to: links.spend(), name: t('nav.spend'), icon: <Coins className="size-4" /> },
          {
            to: links.operations(),
            name: t('nav.operations'),
            icon: <SlidersHorizontal className="size-4" />,
          },
        ].map(({ to, name, icon }) => (
          <Link
            key={name}
            {...to}
            className={cx(navRow, 'h-10')}
            onClick={() => document.getElementById(more)?.hidePopover()}
          >
            {icon}
            {name}
          </Link>
        ))}
      </div>
    </nav>
  )
}
