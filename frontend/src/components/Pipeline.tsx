import { steps, type PipelineFacts, type Step } from '@/components/pipeline'
import type { Status } from '@/api/client'
import { StatusIcon, statusColor } from '@/ui/status'
import { Ago } from '@/ui/time'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'

const moving: readonly Status[] = ['claimed', 'working', 'review']

const segment = (step: Step, status: Status) =>
  cx(
    'h-0.75 rounded-full',
    step.state === 'past' && 'bg-current opacity-55',
    step.state === 'now' && 'bg-current',
    step.state === 'now' && moving.includes(status) && 'animate-breathe',
    step.state === 'ahead' && 'bg-line-strong/70',
    step.state === 'skipped' && 'bg-line-strong/35',
  )

/** The way of a task as five short bars, for cards and rows. */
export function MiniPipeline({ task }: { task: PipelineFacts }) {
  const t = useT()
  return (
    <div
      role="img"
      aria-label={t(`status.${task.status}`)}
      className={cx('grid grid-cols-5 gap-0.75', statusColor[task.status])}
    >
      {steps(task).map(step => (
        <span key={step.stage} className={segment(step, task.status)} />
      ))}
    </div>
  )
}

/** The way of a task with names and times, for the head of its page. */
export function StatePipeline({ task }: { task: PipelineFacts }) {
  const t = useT()
  const sideRoad = !steps(task).some(step => step.stage === task.status)
  return (
    <ol className="grid grid-cols-5 gap-1.5" aria-label={t('task.pipeline')}>
      {steps(task).map(step => {
        const now = step.state === 'now' || (step.stage === 'done' && task.status === 'done')
        return (
          <li
            key={step.stage}
            aria-current={now ? 'step' : undefined}
            className={cx('min-w-0', statusColor[task.status])}
          >
            <div className={cx(segment(step, task.status), 'mb-2 h-1')} />
            <div
              className={cx(
                'flex flex-wrap items-center gap-x-1.5 text-xs',
                now ? 'font-medium text-ink' : 'text-ink-3',
              )}
            >
              {now && sideRoad && <StatusIcon status={task.status} className="hidden sm:block" />}
              <span className={cx('truncate', step.state === 'skipped' && 'line-through opacity-60')}>
                {t(`status.${now && sideRoad ? task.status : step.stage}`)}
              </span>
              {step.stage === 'review' && task.round > 0 && (
                <span className="shrink-0 text-2xs text-ink-3">
                  {t('task.roundShort', { round: task.round })}
                </span>
              )}
            </div>
            <div className="hidden h-4 truncate text-2xs text-ink-3 sm:block">
              {step.at && <Ago at={step.at} />}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
