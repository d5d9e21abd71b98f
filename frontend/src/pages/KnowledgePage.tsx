import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Lightbulb } from 'lucide-react'
import { useState } from 'react'

import type { Experience } from '@/api/client'
import { experiencesQuery, projectsQuery } from '@/api/queries'
import { ProjectSelect } from '@/components/ProjectSelect'
import { SkillsSection } from '@/components/knowledge/SkillsSection'
import { useMore } from '@/hooks/useMore'
import { useNearEnd } from '@/hooks/useNearEnd'
import { useTitle } from '@/hooks/useTitle'
import { ActorName } from '@/ui/Avatar'
import { Markdown } from '@/ui/Markdown'
import { Page } from '@/ui/Page'
import { Box, Panel, Tag } from '@/ui/Panel'
import { SectionTabs } from '@/ui/SectionTabs'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { Ago } from '@/ui/time'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'
import { knowledgeTabs, links } from '@/util/links'

const route = getRouteApi('/knowledge')

/** What the team has learned. */
export function KnowledgePage() {
  const t = useT()
  const { data: projects, error, refetch } = useQuery(projectsQuery)
  const { tab = 'skills' } = route.useSearch()
  const [chosen, setChosen] = useState<string>()
  const project = chosen ?? projects?.[0]?.id
  useTitle(t('nav.knowledge'))
  if (error && !projects) return <Failure error={error} retry={() => void refetch()} />
  return (
    <Page
      title={t('nav.knowledge')}
      actions={
        <ProjectSelect
          label={t('knowledge.project')}
          value={project}
          onChange={setChosen}
          className="ml-auto w-44! text-xs [&>select]:h-7"
        />
      }
    >
      <SectionTabs
        label={t('nav.knowledge')}
        current={tab}
        tabs={knowledgeTabs.map(key => ({
          key,
          label: t(`knowledge.${key}`),
          to: links.knowledge(undefined, key),
        }))}
      />
      {!project ? (
        <NoLessons />
      ) : tab === 'skills' ? (
        <SkillsSection key={project} project={project} />
      ) : (
        <Lessons key={project} project={project} />
      )}
    </Page>
  )
}

const NoLessons = () => {
  const t = useT()
  return (
    <Box>
      <Empty icon={<Lightbulb className="size-5" />} title={t('knowledge.none')}>
        {t('knowledge.noneHint')}
      </Empty>
    </Box>
  )
}

function Lessons({ project }: { project: string }) {
  const t = useT()
  const { tag } = route.useSearch()
  const list = useInfiniteQuery(experiencesQuery(project, tag))
  const { data, error, refetch, hasNextPage } = list
  const end = useNearEnd(useMore(list))
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={5} height="h-20" />
  const lessons = data.pages.flatMap(page => page.items)
  if (lessons.length === 0 && !tag) return <NoLessons />
  const counts = new Map<string, number>()
  for (const { tags } of lessons) for (const one of tags) counts.set(one, (counts.get(one) ?? 0) + 1)
  const tags = [...counts].toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
  return (
    <Panel title={t('knowledge.lessons')} count={hasNextPage ? undefined : lessons.length}>
      <p className="mb-3 max-w-2xl text-xs text-pretty text-ink-3">{t('knowledge.lessonsHint')}</p>
      <nav aria-label={t('knowledge.allTags')} className="mb-3 flex flex-wrap gap-1.5">
        <TagLink on={!tag}>{t('knowledge.allTags')}</TagLink>
        {tags.map(([name, count]) => (
          <TagLink key={name} tag={name} on={tag === name}>
            {name} <span className="text-ink-3 tabular-nums">{count}</span>
          </TagLink>
        ))}
      </nav>
      {lessons.length === 0 ? (
        <Empty icon={<Lightbulb className="size-5" />} title={t('knowledge.noneWithTag')} />
      ) : (
        <ul className="flex flex-col gap-2.5">
          {lessons.map(lesson => (
            <li key={lesson.id}>
              <Lesson lesson={lesson} />
            </li>
          ))}
        </ul>
      )}
      <div ref={end} />
    </Panel>
  )
}

interface TagLinkProps {
  tag?: string
  on: boolean
  children: React.ReactNode
}

const TagLink = ({ tag, on, children }: TagLinkProps) => (
  <Link
    {...links.knowledge(tag, 'lessons')}
    replace
    aria-current={on ? 'true' : undefined}
    className={cx(
      'inline-flex h-6 items-center gap-1.5 rounded-full border px-2.5 text-xs',
      on ? 'border-ink-4 bg-press font-medium' : 'border-line text-ink-2 hover:bg-hover',
    )}
  >
    {children}
  </Link>
)

function Lesson({ lesson }: { lesson: Experience }) {
  const t = useT()
  const old = lesson.status === 'deprecated'
  return (
    <Box className={cx('px-4 py-3', old && 'opacity-65')}>
      <Markdown text={lesson.lesson} />
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-2xs text-ink-3">
        {lesson.tags.map(tag => (
          <Tag key={tag}>{tag}</Tag>
        ))}
        {lesson.skill && <Tag className="text-green!">{t('knowledge.inSkill', { skill: lesson.skill })}</Tag>}
        {old && <Tag className="text-amber!">{t('knowledge.deprecated')}</Tag>}
        <span className="ml-auto flex items-center gap-3">
          <span className="tabular-nums">{t('knowledge.used', { count: lesson.references_count })}</span>
          <Link
            {...links.task(lesson.project, lesson.task)}
            className="rounded-sm tabular-nums hover:text-ink hover:underline"
          >
            {lesson.task}
          </Link>
          <ActorName actor={lesson.agent} size="xs" />
          <Ago at={lesson.created_at} />
        </span>
      </div>
    </Box>
  )
}
