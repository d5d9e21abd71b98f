import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { MailCheck } from 'lucide-react'

import type { DeadLetter } from '@/api/client'
import { deadLettersQuery, projectsQuery } from '@/api/queries'
import { SettleLetter } from '@/components/SettleLetter'
import { Box, Tag } from '@/ui/Panel'
import { Empty, SkeletonRows } from '@/ui/states'
import { Ago } from '@/ui/time'
import { useLanguage, useT } from '@/util/i18n'
import { links } from '@/util/links'

/** Writes that were refused because their author had lost the task: kept, until a person decides. */
export function LettersSection() {
  const t = useT()
  const { data: projects } = useQuery(projectsQuery)
  const lists = useQueries({
    queries: (projects ?? []).map(project => deadLettersQuery(project.id)),
  })
  if (!projects || lists.some(list => list.isPending)) return <SkeletonRows rows={3} height="h-16" />
  const letters = projects.flatMap((project, index) =>
    (lists[index]?.data ?? []).map(letter => ({ project: project.id, letter })),
  )
  const ordered = letters.toSorted(
    (a, b) =>
      Number(a.letter.settled_at !== null) - Number(b.letter.settled_at !== null) ||
      b.letter.created_at.localeCompare(a.letter.created_at),
  )
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-2xl text-xs text-pretty text-ink-3">{t('letters.explain')}</p>
      {ordered.length === 0 ? (
        <Empty icon={<MailCheck className="size-5" />} title={t('letters.none')} />
      ) : (
        <Box>
          <ul>
            {ordered.map(({ project, letter }) => (
              <Letter key={`${project}${letter.id}`} project={project} letter={letter} />
            ))}
          </ul>
        </Box>
      )}
    </div>
  )
}

function Letter({ project, letter }: { project: string; letter: DeadLetter }) {
  const { t, said } = useLanguage()
  return (
    <li className="border-b border-line px-4 py-2.5 last:border-0">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <p className="text-sm font-medium">
            {t('letter.title', {
              operation: letter.operation,
              agent: letter.agent ?? t('letter.somebody'),
            })}
          </p>
          <p className="flex flex-wrap gap-x-2 text-xs text-ink-3">
            <Link {...links.task(project, letter.task)} className="rounded-sm hover:text-ink hover:underline">
              {project} · <span className="tabular-nums">{letter.task}</span>
            </Link>
            <Ago at={letter.created_at} />
            <span className="text-ink-2">{said(letter.reason)}</span>
          </p>
        </div>
        {letter.settled_at ? (
          <Tag>{t(letter.settlement === 'applied' ? 'letter.applyDone' : 'letter.discardDone')}</Tag>
        ) : (
          <SettleLetter project={project} letter={letter.id} />
        )}
      </div>
      <details className="mt-1">
        <summary className="w-fit rounded-sm text-2xs text-ink-3">{t('letters.body')}</summary>
        <pre className="mt-1 max-h-60 overflow-auto rounded-md bg-sunken p-2 font-mono text-xs">
          {JSON.stringify(letter.body, null, 2)}
        </pre>
      </details>
    </li>
  )
}
