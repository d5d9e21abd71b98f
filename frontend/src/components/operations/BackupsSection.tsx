import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ArchiveRestore, CircleAlert, CircleCheck, DatabaseBackup, ShieldCheck } from 'lucide-react'
import { useState } from 'react'

import type { Backup } from '@/api/client'
import { backupsQuery, jobsQuery } from '@/api/operations'
import { Result } from '@/components/operations/JobsSection'
import { RestoreDialog } from '@/components/operations/RestoreDialog'
import { useBackUp, useVerifyBackup } from '@/hooks/writes'
import { Button } from '@/ui/Button'
import { Box, Panel } from '@/ui/Panel'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { Ago } from '@/ui/time'
import { sayDone, sayFailed } from '@/ui/toast'
import { cx } from '@/util/cx'
import { bytes, fullTime, number } from '@/util/format'
import { groupBy } from '@/util/group'
import { useLanguage, useT } from '@/util/i18n'

const shownFirst = 5

export function BackupsSection() {
  const t = useT()
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(backupsQuery)
  const [restoring, setRestoring] = useState<Backup>()
  const backUp = useBackUp()
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={5} />
  const backups = data.pages.flatMap(page => page.items)
  const byProject = [...groupBy(backups, backup => backup.project)]
  return (
    <div className="flex flex-col gap-7">
      <Summary
        newest={backups
          .map(backup => backup.created_at)
          .toSorted()
          .at(-1)}
        onBackUp={() =>
          backUp.mutate(undefined, {
            onSuccess: ({ items }) => sayDone(t('backups.made', { count: items.length })),
            onError: sayFailed,
          })
        }
        busy={backUp.isPending}
      />
      {backups.length === 0 ? (
        <Empty icon={<DatabaseBackup className="size-5" />} title={t('backups.none')}>
          {t('backups.noneHint')}
        </Empty>
      ) : (
        byProject.map(([project, list]) => (
          <Group key={project ?? ''} project={project} backups={list} onRestore={setRestoring} />
        ))
      )}
      {hasNextPage && (
        <Button size="sm" className="self-center" busy={isFetching} onClick={() => void fetchNextPage()}>
          {t('board.more')}
        </Button>
      )}
      {restoring && <RestoreDialog backup={restoring} onClose={() => setRestoring(undefined)} />}
    </div>
  )
}

interface SummaryProps {
  newest: string | undefined
  onBackUp: () => void
  busy: boolean
}

/** How old the newest copy is, and whether copies were proved lately. */
function Summary({ newest, onBackUp, busy }: SummaryProps) {
  const t = useT()
  const { data: jobs = [] } = useQuery(jobsQuery)
  const backup = jobs.find(job => job.name === 'backup')
  const drill = jobs.find(job => job.name.includes('drill') || job.script.includes('drill'))
  return (
    <Box className="flex flex-wrap items-center gap-x-8 gap-y-3 px-4 py-3">
      <div>
        <p className="text-2xs text-ink-3">{t('health.backup')}</p>
        <p className={cx('text-xs', newest ? 'font-medium' : 'text-ink-2')}>
          {newest ? <Ago at={newest} /> : t('health.never')}
        </p>
      </div>
      {backup?.last_run && (
        <div>
          <p className="text-2xs text-ink-3">{t('backups.job')}</p>
          <Result run={backup.last_run} />
        </div>
      )}
      <div>
        <p className="text-2xs text-ink-3">{t('backups.drill')}</p>
        {drill?.last_run ? (
          <Result run={drill.last_run} />
        ) : (
          <p className="text-xs text-ink-2">{t(drill ? 'jobs.notYet' : 'backups.verified')}</p>
        )}
      </div>
      <Button
        className="ml-auto"
        size="sm"
        icon={<DatabaseBackup className="size-3.5" />}
        busy={busy}
        onClick={onBackUp}
      >
        {t('backups.now')}
      </Button>
    </Box>
  )
}

interface GroupProps {
  project: string | null
  backups: Backup[]
  onRestore: (backup: Backup) => void
}

function Group({ project, backups, onRestore }: GroupProps) {
  const t = useT()
  const [all, setAll] = useState(false)
  const shown = all ? backups : backups.slice(0, shownFirst)
  return (
    <Panel title={project ?? t('backups.root')} count={backups.length}>
      <Box>
        <ul>
          {shown.map(backup => (
            <BackupRow key={backup.id} backup={backup} onRestore={onRestore} />
          ))}
        </ul>
        {backups.length > shown.length && (
          <button
            type="button"
            onClick={() => setAll(true)}
            className="w-full border-t border-line py-1.5 text-xs text-ink-2 hover:bg-hover"
          >
            {t('board.moreHere', { count: backups.length - shown.length })}
          </button>
        )}
      </Box>
    </Panel>
  )
}

function BackupRow({ backup, onRestore }: { backup: Backup; onRestore: (backup: Backup) => void }) {
  const { t, locale } = useLanguage()
  const verify = useVerifyBackup()
  return (
    <li className="border-b border-line px-4 py-2 last:border-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <span className="min-w-44 text-sm tabular-nums">{fullTime(backup.created_at, locale)}</span>
        <span className="text-xs text-ink-3">
          <Ago at={backup.created_at} />
        </span>
        <span className="text-xs text-ink-3 tabular-nums">{bytes(backup.size_bytes)}</span>
        <span className="ml-auto flex gap-1.5">
          <Button
            size="sm"
            look="ghost"
            icon={<ShieldCheck className="size-3.5" />}
            busy={verify.isPending}
            onClick={() => verify.mutate(backup.id, { onError: sayFailed })}
          >
            {t('backups.verify')}
          </Button>
          {backup.project && (
            <Button
              size="sm"
              look="ghost"
              icon={<ArchiveRestore className="size-3.5" />}
              onClick={() => onRestore(backup)}
            >
              {t('backups.restore')}
            </Button>
          )}
        </span>
      </div>
      {verify.data && (
        <p role="status" className="mt-1 flex items-center gap-1.5 text-xs">
          {verify.data.ok ? (
            <>
              <CircleCheck className="size-3.5 text-green" />
              {t('backups.sound', {
                tasks: number(verify.data.tasks_count ?? 0, locale),
                events: number(verify.data.events_count ?? 0, locale),
              })}
            </>
          ) : (
            <>
              <CircleAlert className="size-3.5 text-red" />
              <span className="text-red">{verify.data.detail ?? t('backups.unsound')}</span>
            </>
          )}
        </p>
      )}
    </li>
  )
}
