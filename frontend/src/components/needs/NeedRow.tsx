import { Link, type LinkOptions } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import type { Project } from '@/api/client'
import { Age } from '@/ui/time'
import { links } from '@/util/links'

interface RowProps {
  icon: ReactNode
  /** Where it is about, and the way there. */
  place: string
  to: LinkOptions
  title: string
  detail?: string | null | undefined
  at: string | undefined
  children: ReactNode
}

/** Where a task is. */
export const ofTask = (project: Project, task: string) => ({
  place: `${project.name} · ${task}`,
  to: links.task(project.id, task),
})

/** A line of what waits for a person: what it is, where, since when, and what can be done at once. */
export const NeedRow = ({ icon, place, to, title, detail, at, children }: RowProps) => (
  <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2.5 sm:flex-nowrap">
    <span className="flex min-w-0 flex-[1_1_220px] items-start gap-2.5">
      <span className="mt-0.75">{icon}</span>
      <span className="min-w-0 flex-1">
        <Link {...to} className="line-clamp-2 rounded-sm font-medium hover:underline">
          {title}
        </Link>
        <span className="line-clamp-3 text-xs wrap-anywhere text-ink-3 sm:line-clamp-1">
          <span className="tabular-nums">{place}</span>
          {at && (
            <>
              {' · '}
              <Age at={at} />
            </>
          )}
          {detail && ` · ${detail}`}
        </span>
      </span>
    </span>
    <span className="ml-auto flex shrink-0 items-center gap-1.5">{children}</span>
  </div>
)
