import type { Rebuttal, Review, ReviewIssue } from '@/api/client'
import { ActorName, Avatar } from '@/ui/Avatar'
import { Markdown } from '@/ui/Markdown'
import { Box } from '@/ui/Panel'
import { Ago } from '@/ui/time'
import { cx } from '@/util/cx'
import { percent } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'

const verdictColor = { approved: 'text-green', needs_revision: 'text-amber', rejected: 'text-red' }

export function VerdictBadge({ verdict }: { verdict: Review['verdict'] }) {
  const t = useT()
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center rounded-full tint px-2 text-2xs font-medium',
        verdictColor[verdict],
      )}
    >
      {t(`verdict.${verdict}`)}
    </span>
  )
}

/** How sure the reviewer is, with the threshold as a notch: below it, somebody else decides. */
function Confidence({ share, threshold }: { share: number; threshold: number | undefined }) {
  const t = useT()
  const low = threshold !== undefined && share < threshold
  return (
    <span
      className={cx('inline-flex items-center gap-2 text-xs tabular-nums', low ? 'text-amber' : 'text-ink-2')}
      title={
        threshold === undefined
          ? t('review.confidence')
          : t(low ? 'review.confidenceLow' : 'review.confidenceOf', { threshold: percent(threshold) })
      }
    >
      <span className="sr-only">{t('review.confidence')}</span>
      <span aria-hidden className="relative h-1.5 w-16 rounded-full bg-press">
        <span
          className="absolute inset-y-0 left-0 rounded-full bg-current"
          style={{ width: percent(share) }}
        />
        {threshold !== undefined && (
          <span className="absolute -inset-y-0.5 w-px bg-ink-3" style={{ left: percent(threshold) }} />
        )}
      </span>
      {percent(share)}
    </span>
  )
}

const severityColor = { critical: 'text-red', major: 'text-amber', minor: 'text-ink-3' }
const stanceColor = { ACCEPT: 'text-green', PARTIAL: 'text-amber', REJECT: 'text-red' }

interface IssueProps {
  issue: ReviewIssue
  author: string | undefined
  reviewer: string
}

function IssueRow({ issue, author, reviewer }: IssueProps) {
  const t = useT()
  return (
    <li className="border-t border-line px-4 py-3">
      <div className="flex items-start gap-2.5">
        <span className={cx('mt-0.5 w-15 shrink-0 text-2xs font-medium', severityColor[issue.severity])}>
          {t(`issue.${issue.severity}`)}
        </span>
        <div className="min-w-0 flex-1">
          <Markdown text={issue.text} />
        </div>
        <span className="mt-0.5 text-2xs text-ink-3 tabular-nums">#{issue.id}</span>
      </div>
      {issue.repeats && (
        <p className="mt-1 ml-17.5 text-2xs text-amber">{t('review.repeats', { id: issue.repeats })}</p>
      )}
      {issue.stance && (
        <div className="mt-2 ml-17.5 flex items-start gap-2 border-l-2 border-line-strong pl-3">
          {author && <Avatar actor={author} size="xs" />}
          <p className="min-w-0 flex-1 text-xs wrap-anywhere text-ink-2">
            <span className={cx('mr-1.5 font-medium', stanceColor[issue.stance])}>
              {t(`stance.${issue.stance}`)}
            </span>
            {issue.reason}
          </p>
        </div>
      )}
      {issue.ruling && (
        <div className="mt-2 ml-17.5 flex items-start gap-2 border-l-2 border-line-strong pl-3">
          <Avatar actor={reviewer} size="xs" />
          <p className="min-w-0 flex-1 text-xs wrap-anywhere text-ink-2">
            <span className={cx('mr-1.5 font-medium', issue.ruling === 'upheld' ? 'text-red' : 'text-green')}>
              {t(`ruling.${issue.ruling}`)}
            </span>
            {issue.ruling_reason}
          </p>
        </div>
      )}
    </li>
  )
}

interface Props {
  review: Review
  rebuttal: Rebuttal | undefined
  /** Confidence below this lets somebody else decide. */
  threshold: number | undefined
}

/** One review, point by point, with the author's answers. */
export function ReviewCard({ review, rebuttal, threshold }: Props) {
  const { t, said } = useLanguage()
  return (
    <Box>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2.5">
        <span className="text-sm font-medium">
          <ActorName actor={review.reviewer} />
        </span>
        <VerdictBadge verdict={review.verdict} />
        <Confidence share={review.confidence} threshold={threshold} />
        <span className="ml-auto text-xs text-ink-3">
          {t('task.roundOf', { round: review.round })} · <Ago at={review.created_at} />
        </span>
      </header>
      {review.issues.length === 0 ? (
        <p className="border-t border-line px-4 py-2.5 text-xs text-ink-3">{t('review.noIssues')}</p>
      ) : (
        <ol>
          {review.issues.map(issue => (
            <IssueRow key={issue.id} issue={issue} author={rebuttal?.author} reviewer={review.reviewer} />
          ))}
        </ol>
      )}
      {review.result && (
        <p className="border-t border-line bg-sunken px-4 py-1.5 text-2xs text-ink-3">
          <span className={cx('font-medium', review.result === 'confirmed' ? 'text-green' : 'text-amber')}>
            {t(`result.${review.result}`)}
          </span>
          {review.result_reason && `: ${said(review.result_reason)}`}
        </p>
      )}
      {rebuttal && (
        <p className="border-t border-line bg-sunken px-4 py-1.5 text-2xs text-ink-3">
          {t('review.answeredBy', { agent: rebuttal.author })} · <Ago at={rebuttal.created_at} />
        </p>
      )}
    </Box>
  )
}
