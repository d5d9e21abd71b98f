import { useQuery } from '@tanstack/react-query'
import { Check, RotateCcw, X } from 'lucide-react'

import type { Skill } from '@/api/client'
import { skillQuery } from '@/api/queries'
import { useSkillChange, type SkillChange } from '@/hooks/writes'
import { ActorName } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Markdown } from '@/ui/Markdown'
import { Tag } from '@/ui/Panel'
import { Failure, SkeletonRows } from '@/ui/states'
import { Ago } from '@/ui/time'
import { sayDone, sayFailed } from '@/ui/toast'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'

/** The text after the front matter, which the row above already says. */
const withoutFrontMatter = (text: string) => text.replace(/^---\n[\s\S]*?\n---\n/, '')

const outcomeColor = { success: 'text-green', failure: 'text-red', void: 'text-ink-3' }

interface Props {
  skill: Skill
  project: string
  /** A person here gave it another status. */
  onChange: (status: Skill['status']) => void
}

/** A skill in full: its text, what it rests on, how its uses went, and its life cycle in a person's hand. */
export function SkillDetail({ skill, project, onChange }: Props) {
  const t = useT()
  const { data, error, refetch } = useQuery(skillQuery(project, skill.id))
  const change = useSkillChange(project)
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={4} />
  const own = skill.level === 'project' ? project : undefined
  const act = (verb: SkillChange['verb'], version?: number) =>
    change.mutate(
      { skill: skill.id, verb, project: own, version },
      {
        onSuccess: ({ skill: { status } }) => {
          sayDone(t(`skills.${verb}Done`, { name: skill.title }))
          onChange(status)
        },
        onError: sayFailed,
      },
    )
  const fixed = skill.level === 'builtin' ? t('skills.fixed') : undefined
  return (
    <div className="grid grid-cols-1 gap-6 px-4 py-4 lg:grid-cols-[minmax(0,1fr)_260px]">
      <Markdown text={withoutFrontMatter(data.text)} />
      <aside className="flex min-w-0 flex-col gap-5 text-xs">
        <div className="flex flex-wrap gap-1.5">
          {skill.status !== 'active' && (
            <Button
              size="sm"
              look="primary"
              icon={<Check className="size-3.5" />}
              busy={change.isPending}
              reason={fixed}
              onClick={() => act('approve')}
            >
              {t('skills.approve')}
            </Button>
          )}
          {skill.status !== 'deprecated' && (
            <Button
              size="sm"
              icon={<X className="size-3.5" />}
              busy={change.isPending}
              reason={fixed}
              onClick={() => act('deprecate')}
            >
              {t('skills.deprecate')}
            </Button>
          )}
        </div>
        {skill.reason && <p className="text-ink-2">{skill.reason}</p>}
        {(skill.triggers.length > 0 || skill.tags.length > 0) && (
          <div className="flex flex-wrap gap-1">
            {[...skill.tags, ...skill.triggers].map(word => (
              <Tag key={word}>{word}</Tag>
            ))}
          </div>
        )}
        {data.evidence.length > 0 && (
          <section>
            <h3 className="mb-1 font-medium text-ink-2">{t('skills.evidence')}</h3>
            <ul className="flex flex-col gap-0.5 font-mono text-2xs text-ink-3">
              {data.evidence.map(one => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </section>
        )}
        {data.uses.length > 0 && (
          <section>
            <h3 className="mb-1 font-medium text-ink-2">{t('skills.uses')}</h3>
            <ul className="flex flex-col gap-1">
              {data.uses.map(use => (
                <li key={use.attempt} className="flex items-center gap-2">
                  <ActorName actor={use.agent} size="xs" />
                  {use.outcome && (
                    <span className={cx('font-medium', outcomeColor[use.outcome])}>
                      {t(`skills.use.${use.outcome}`)}
                    </span>
                  )}
                  <span className="ml-auto text-ink-3">
                    <Ago at={use.used_at} />
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {data.versions.length > 0 && (
          <section>
            <h3 className="mb-1 font-medium text-ink-2">{t('skills.versions')}</h3>
            <ul className="flex flex-col gap-1">
              {data.versions.map(version => (
                <li key={version.version} className="flex items-center gap-2">
                  <span className="tabular-nums">v{version.version}</span>
                  {version.since && (
                    <span className="text-ink-3">
                      <Ago at={version.since} />
                    </span>
                  )}
                  <Button
                    size="sm"
                    look="ghost"
                    className="ml-auto"
                    icon={<RotateCcw className="size-3" />}
                    busy={change.isPending}
                    aria-label={t('skills.rollbackTo', { version: version.version })}
                    onClick={() => act('rollback', version.version)}
                  >
                    {t('skills.rollback')}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </aside>
    </div>
  )
}
