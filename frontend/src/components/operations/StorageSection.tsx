import { useQuery } from '@tanstack/react-query'

import { storageQuery } from '@/api/access'
import type { Storage } from '@/api/client'
import { statusQuery } from '@/api/queries'
import { office } from '@/api/touched'
import { Box, Panel } from '@/ui/Panel'
import { Failure, SkeletonRows } from '@/ui/states'
import { cx } from '@/util/cx'
import { bytes, shareOf } from '@/util/format'
import { useT } from '@/util/i18n'

const parts = ['databases', 'artifacts', 'archives', 'backups', 'recordings', 'logs', 'inbox'] as const
type Part = (typeof parts)[number]

const colors: Record<Part, string> = {
  databases: 'text-azure',
  artifacts: 'text-violet',
  archives: 'text-green',
  backups: 'text-accent',
  recordings: 'text-ink-2',
  logs: 'text-ink-4',
  inbox: 'text-line-strong',
}

/** What takes up the space, from the server's own groups. */
function sizesOf(storage: Storage): Record<Part, number> {
  const sum = (of: (project: Storage['projects'][number]) => number) =>
    storage.projects.reduce((total, project) => total + of(project), 0)
  return {
    databases: storage.daemon_db_bytes + sum(project => project.database_bytes),
    artifacts: sum(project => project.artifacts_bytes),
    archives: sum(project => project.archives_bytes),
    backups: storage.backups_bytes,
    recordings: storage.recordings_bytes,
    logs: storage.logs_bytes,
    inbox: storage.inbox_bytes,
  }
}

/** Where the space on the disk goes, and what will be removed by itself. */
export function StorageSection() {
  const t = useT()
  const { data: storage, error, refetch } = useQuery(storageQuery)
  const { data: status } = useQuery(statusQuery)
  if (error && !storage) return <Failure error={error} retry={() => void refetch()} />
  if (!storage) return <SkeletonRows rows={5} height="h-14" />
  const sizes = sizesOf(storage)
  const total = Math.max(1, storage.total_bytes)
  return (
    <div className="flex flex-col gap-7">
      <Box className="px-4 py-3">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-xl font-semibold tracking-tight tabular-nums">
            {bytes(storage.total_bytes)}
          </span>
          <span className="text-xs text-ink-3">{t('storage.used')}</span>
          {status?.disk_free_bytes != null && (
            <span className={cx('ml-auto text-xs', status.disk_low ? 'text-red' : 'text-ink-3')}>
              {t('storage.free', { size: bytes(status.disk_free_bytes) })}
            </span>
          )}
        </p>
        <div aria-hidden className="my-3 flex h-2 gap-px overflow-hidden rounded-full bg-press">
          {parts.map(part => (
            <span
              key={part}
              className={cx('h-full bg-current', colors[part])}
              style={{ width: `${(sizes[part] / total) * 100}%` }}
            />
          ))}
        </div>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
          {parts.map(part => (
            <div key={part}>
              <dt className="flex items-center gap-1.5 text-xs text-ink-2">
                <span aria-hidden className={cx('size-2 rounded-xs bg-current', colors[part])} />
                {t(`storage.${part}`)}
              </dt>
              <dd className="text-sm tabular-nums">
                {bytes(sizes[part])}{' '}
                <span className="text-2xs text-ink-3">{shareOf(sizes[part], total)}</span>
              </dd>
            </div>
          ))}
        </dl>
      </Box>
      <Panel title={t('nav.projects')} count={storage.projects.length}>
        <Box>
          <table className="w-full text-xs tabular-nums">
            <thead className="text-ink-3">
              <tr className="border-b border-line text-right">
                <th scope="col" className="px-2 py-2 text-left font-normal first:pl-4 last:pr-4">
                  {t('task.project')}
                </th>
                {(['databases', 'letters', 'artifacts', 'archives'] as const).map(part => (
                  <th key={part} scope="col" className="px-2 py-2 font-normal first:pl-4 last:pr-4">
                    {t(`storage.${part}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {storage.projects.map(project => (
                <tr key={project.project} className="border-b border-line text-right last:border-0">
                  <th scope="row" className="px-2 py-2 text-left font-medium first:pl-4 last:pr-4">
                    {project.project === office ? t('nav.mail') : project.project}
                  </th>
                  <td className="px-2 py-2 first:pl-4 last:pr-4">{bytes(project.database_bytes)}</td>
                  <td className="px-2 py-2 first:pl-4 last:pr-4">{bytes(project.dead_letters_bytes)}</td>
                  <td className="px-2 py-2 first:pl-4 last:pr-4">{bytes(project.artifacts_bytes)}</td>
                  <td className="px-2 py-2 first:pl-4 last:pr-4">{bytes(project.archives_bytes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Box>
      </Panel>
      <p className="max-w-2xl text-xs text-pretty text-ink-3">{t('storage.retention')}</p>
    </div>
  )
}
