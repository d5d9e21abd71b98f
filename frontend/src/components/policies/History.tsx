import { useQuery } from '@tanstack/react-query'
import { History as HistoryIcon, Undo2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'

import type { ScriptVersion } from '@/api/client'
import { versionsQuery, type Place } from '@/api/scripts'
import { ActorName } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Panel'
import { Empty, Failure, Skeleton, SkeletonRows } from '@/ui/states'
import { Ago } from '@/ui/time'
import { cx } from '@/util/cx'
import { fullTime } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'

const CodeDiff = lazy(() =>
  import('@/components/policies/CodeDiff').then(module => ({ default: module.CodeDiff })),
)

interface Props {
  place: Place
  name: string
  /** The text on screen, which versions are compared with. */
  text: string
  /** Why a version cannot be put in force now. */
  reason: string | undefined
  busy: boolean
  onRollBack: (source: string) => void
}

/** What the script said before: each text that was saved, compared with the one on screen. */
export function History({ place, name, text, ...rest }: Props) {
  const t = useT()
  const { data: versions, error, refetch } = useQuery(versionsQuery(place, name))
  const [chosen, choose] = useState<number>()
  if (error) return <Failure error={error} retry={() => void refetch()} />
  if (!versions) return <SkeletonRows rows={2} />
  if (versions.length === 0)
    return (
      <Empty icon={<HistoryIcon className="size-5" />} title={t('policy.noVersions')}>
        {t('policy.noVersionsHint')}
      </Empty>
    )
  // Nobody needs the text compared with itself.
  const other = versions.find(({ source }) => source !== null && source !== text)
  const version = versions.find(({ id }) => id === chosen) ?? other ?? versions[0]
  return (
    <div className="grid gap-4 lg:grid-cols-[220px_minmax(0,1fr)]">
      <ul aria-label={t('policy.versions')} className="flex max-h-80 flex-col gap-px overflow-y-auto p-px">
        {versions.map(one => (
          <VersionRow
            key={one.id}
            version={one}
            chosen={one.id === version?.id}
            onChoose={() => choose(one.id)}
          />
        ))}
      </ul>
      {version && <Comparison version={version} text={text} {...rest} />}
    </div>
  )
}

interface RowProps {
  version: ScriptVersion
  chosen: boolean
  onChoose: () => void
}

function VersionRow({ version, chosen, onChoose }: RowProps) {
  const t = useT()
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={onChoose}
        className={cx(
          'flex w-full flex-col gap-0.5 rounded-md px-2 py-1.5 text-left text-xs hover:bg-hover',
          chosen && 'bg-press',
        )}
      >
        <span className="flex items-center gap-2">
          <Ago at={version.at} className="flex-1 font-medium" />
          {version.is_current && <Tag>{t('policy.current')}</Tag>}
        </span>
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 text-2xs text-ink-2">
          {version.author === null ? t('policy.onDisk') : <ActorName actor={version.author} size="xs" />}
          {version.source === null && <span className="text-amber">{t('policy.takenAway')}</span>}
        </span>
      </button>
    </li>
  )
}

function Comparison({
  version,
  text,
  reason,
  busy,
  onRollBack,
}: Pick<Props, 'text' | 'reason' | 'busy' | 'onRollBack'> & { version: ScriptVersion }) {
  const { t, locale } = useLanguage()
  const { source } = version
  if (source === null) return <p className="py-2 text-xs text-ink-3">{t('policy.takenAway')}</p>
  const same = source === text
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {same ? (
        <p className="py-2 text-xs text-ink-3">{t('policy.sameText')}</p>
      ) : (
        <>
          <Button
            size="sm"
            icon={<Undo2 className="size-3.5" />}
            reason={reason}
            busy={busy}
            onClick={() => onRollBack(source)}
            className="self-start"
          >
            {t('policy.rollBack')}
          </Button>
          <Suspense fallback={<Skeleton className="h-40" />}>
            <CodeDiff
              before={{ label: t('policy.version', { at: fullTime(version.at, locale) }), text: source }}
              after={{ label: t('policy.thisText'), text }}
            />
          </Suspense>
        </>
      )}
    </div>
  )
}
