import { Link } from '@tanstack/react-router'

import { statusValues } from '@/api/__generated__/schema'
import type { DaemonStatus, Project, Status } from '@/api/client'
import { Tag } from '@/ui/Panel'
import { StatusIcon, statusColor } from '@/ui/status'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'
import { links } from '@/util/links'

type Counts = Record<Status, number>

// From finished to waiting, so that the bar fills from the left as work is done.
const barOrder: readonly Status[] = [
  'done',
  'review',
  'working',
  'claimed',
  'escalated',
  'failed',
  'pending',
  'blocked',
  'paused',
]

/** All tasks of a project as one bar, each status by its share. */
function CountsBar({ counts }: { counts: Counts }) {
  const total = barOrder.reduce((sum, status) => sum + counts[status], 0)
  return (
    <span aria-hidden className="flex h-1.5 gap-px overflow-hidden rounded-full bg-press">
      {total > 0 &&
        barOrder
          .filter(status => counts[status] > 0)
          .map(status => (
            <span
              key={status}
              className={cx(
                'h-full min-w-1 bg-current',
                statusColor[status],
                ['pending', 'blocked', 'paused'].includes(status) && 'opacity-35',
              )}
              style={{ flexGrow: counts[status] }}
            />
          ))}
    </span>
  )
}

interface Props {
  project: Project
  status: DaemonStatus['projects'][string] | undefined
}

/** A project with how its tasks stand. */
export function ProjectRow({ project, status }: Props) {
  const t = useT()
  const counts = status?.tasks_summary
  const all = counts ? barOrder.reduce((sum, one) => sum + counts[one], 0) : 0
  return (
    <li className="border-b border-line last:border-0">
      <Link {...links.board(project.id)} className="flex flex-col gap-2 px-4 py-3 hover:bg-hover">
        <span className="flex items-baseline gap-2">
          <span className="text-sm font-medium">{project.name}</span>
          <span className="text-2xs text-ink-3 tabular-nums">{project.id}</span>
          {project.status === 'archived' && <Tag>{t('overview.archived')}</Tag>}
          {status && (
            <span className="ml-auto flex gap-3 text-xs text-ink-3 tabular-nums">
              {status.active_agents > 0 && (
                <span className="text-azure">
                  {t('overview.activeAgents', { count: status.active_agents })}
                </span>
              )}
              {all > 0 && <span>{t('overview.doneOf', { done: status.tasks_summary.done, all })}</span>}
            </span>
          )}
        </span>
        {project.quarantine && (
          <span className="text-xs text-ink-2">
            <span className="font-medium text-amber">{t('overview.quarantined')}.</span>{' '}
            {project.quarantine.reason} {project.quarantine.hint}
          </span>
        )}
        {counts && <CountsBar counts={counts} />}
        {counts && (
          <span className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
            {statusValues
              .filter(one => counts[one] > 0)
              .map(one => (
                <span key={one} className="inline-flex items-center gap-1.5">
                  <StatusIcon status={one} />
                  {t(`status.${one}`)}
                  <span className="font-medium text-ink tabular-nums">{counts[one]}</span>
                </span>
              ))}
            {statusValues.every(one => counts[one] === 0) && (
              <span className="text-ink-3">{t('overview.noTasks')}</span>
            )}
          </span>
        )}
      </Link>
    </li>
  )
}
