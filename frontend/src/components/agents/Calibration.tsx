import { useQueries, useQuery } from '@tanstack/react-query'

import type { TrackRecord } from '@/api/client'
import { calibrationQuery, projectsQuery } from '@/api/queries'
import { ActorName } from '@/ui/Avatar'
import { Box, Panel } from '@/ui/Panel'
import { percent } from '@/util/format'
import { useT } from '@/util/i18n'

/** How far each reviewer's confidence can be trusted, by project; nothing until verdicts have proved right or wrong. */
export function Calibration() {
  const t = useT()
  const { data: projects = [] } = useQuery(projectsQuery)
  const active = projects.filter(project => project.status === 'active')
  const found = useQueries({ queries: active.map(project => calibrationQuery(project.id)) })
  const rows = active.flatMap((project, index) =>
    (found[index]?.data ?? [])
      .filter(record => record.submitted_count > 0)
      .map(record => ({ project: project.name, record })),
  )
  if (rows.length === 0) return null
  return (
    <Panel title={t('calibration.title')} count={rows.length}>
      <p className="mb-2.5 max-w-2xl text-xs text-pretty text-ink-3">{t('calibration.explain')}</p>
      <div className="grid grid-cols-1 gap-2.5 md:grid-cols-2 xl:grid-cols-3">
        {rows.map(({ project, record }) => (
          <Card key={`${project}${record.reviewer}`} project={project} record={record} />
        ))}
      </div>
    </Panel>
  )
}

function Card({ project, record }: { project: string; record: TrackRecord }) {
  const t = useT()
  const { mean_confidence: sure, held_share: held } = record
  const wrong = record.wrong_approvals_count + record.wrong_objections_count
  return (
    <Box className="flex gap-4 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="text-sm font-medium">
          <ActorName actor={record.reviewer} />
        </p>
        <p className="text-xs text-ink-3">
          {project} · {t('calibration.reviews', { count: record.submitted_count })}
        </p>
        <dl className="mt-2 grid grid-cols-[max-content_1fr] gap-x-3 gap-y-0.5 text-xs tabular-nums">
          <dt className="text-ink-3">{t('calibration.sure')}</dt>
          <dd>{sure === null ? '–' : percent(sure)}</dd>
          <dt className="text-ink-3">{t('calibration.held')}</dt>
          <dd>
            {held === null ? '–' : percent(held)}
            {record.known_count > 0 && (
              <span className="text-ink-3"> · {t('calibration.known', { count: record.known_count })}</span>
            )}
          </dd>
          <dt className="text-ink-3">{t('calibration.wrong')}</dt>
          <dd className={wrong > 0 ? 'text-amber' : ''}>{wrong}</dd>
        </dl>
      </div>
      {record.bins.length > 0 && <Curve record={record} />}
    </Box>
  )
}

const size = 84
const pad = 4

/** Confidence to the right, what held upwards: on the diagonal a reviewer is as sure as it should be. */
function Curve({ record }: { record: TrackRecord }) {
  const t = useT()
  const x = (share: number) => pad + share * (size - 2 * pad)
  const y = (share: number) => size - pad - share * (size - 2 * pad)
  const most = Math.max(...record.bins.map(bin => bin.count))
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={t('calibration.curve', {
        points: record.bins
          .map(bin => `${percent(bin.mean_confidence)} → ${percent(bin.held_share)}`)
          .join(t('list.comma')),
      })}
      className="size-21 shrink-0 rounded-sm bg-sunken text-violet"
    >
      <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} className="stroke-line-strong" strokeDasharray="3 3" />
      {record.bins.map(bin => (
        <circle
          key={bin.from}
          cx={x(bin.mean_confidence)}
          cy={y(bin.held_share)}
          r={2 + 3 * Math.sqrt(bin.count / most)}
          fill="currentColor"
          opacity="0.7"
        />
      ))}
    </svg>
  )
}
