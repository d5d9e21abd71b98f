import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Workflow } from 'lucide-react'

import type { TaskDetail } from '@/api/client'
import { graphTasksQuery } from '@/api/queries'
import { graphOf, type Node } from '@/components/graph'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { StatusIcon } from '@/ui/status'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'
import { links } from '@/util/links'

const width = 188
const height = 48
const across = 52
const down = 14
const edge = 2

const leftOf = ({ column }: Node) => edge + column * (width + across)
const topOf = ({ row }: Node) => edge + row * (height + down)

/** What the task waits for and what waits for it, as a picture of links. */
export function DependencyGraph({ task }: { task: TaskDetail }) {
  const t = useT()
  const { data, error, refetch } = useQuery(graphTasksQuery(task.project))
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={3} height="h-12" />
  const { nodes, edges, left } = graphOf(data, task.id)
  const byId = new Map(nodes.map(node => [node.task.id, node]))
  if (edges.length === 0)
    return (
      <Empty icon={<Workflow className="size-5" />} title={t('graph.none')}>
        {t('graph.noneHint')}
      </Empty>
    )
  const size = {
    width: Math.max(...nodes.map(leftOf)) + width + edge,
    height: Math.max(...nodes.map(topOf)) + height + edge,
  }
  return (
    <div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling area must be reachable by keyboard */}
      <div className="overflow-x-auto pb-2" tabIndex={0} role="group" aria-label={t('tab.graph')}>
        <div className="relative" style={size}>
          <svg aria-hidden {...size} className="absolute inset-0 text-line-strong">
            {edges.map(({ from, to }) => {
              const [start, end] = [byId.get(from), byId.get(to)]
              if (!start || !end) return null
              const [x1, y1] = [leftOf(start) + width, topOf(start) + height / 2]
              const [x2, y2] = [leftOf(end), topOf(end) + height / 2]
              const bend = Math.max(24, (x2 - x1) / 2)
              return (
                <path
                  key={`${from} ${to}`}
                  d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`}
                  fill="none"
                  stroke="currentColor"
                  strokeWidth="1.5"
                  className={cx((from === task.id || to === task.id) && 'text-ink-3')}
                />
              )
            })}
          </svg>
          {nodes.map(node => (
            <Link
              key={node.task.id}
              {...links.task(task.project, node.task.id, 'graph')}
              style={{ left: leftOf(node), top: topOf(node), width, height }}
              className={cx(
                'absolute flex flex-col justify-center rounded-lg border px-2.5 shadow-card',
                node.task.id === task.id
                  ? 'border-ink-3 bg-press font-semibold'
                  : 'border-line bg-raised hover:border-line-strong',
              )}
            >
              <span className="flex items-center gap-1.5">
                <StatusIcon status={node.task.status} label={t(`status.${node.task.status}`)} />
                <span className="text-2xs text-ink-3 tabular-nums">{node.task.id}</span>
              </span>
              <span className="truncate text-xs font-medium">{node.task.title}</span>
            </Link>
          ))}
        </div>
      </div>
      {left > 0 && <p className="text-xs text-ink-3">{t('graph.left', { count: left })}</p>}
    </div>
  )
}
