import { useQuery } from '@tanstack/react-query'
import { CircleAlert, GraduationCap } from 'lucide-react'
import { useState } from 'react'

import type { Skill } from '@/api/client'
import { skillsQuery } from '@/api/queries'
import { SkillDetail } from '@/components/knowledge/SkillDetail'
import { Disclosure } from '@/ui/Disclosure'
import { Box, Panel, Tag } from '@/ui/Panel'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'

const order = ['draft', 'active', 'deprecated'] as const satisfies Skill['status'][]
const statusColor = { draft: 'text-amber', active: 'text-green', deprecated: 'text-ink-3' }

/** Skills as they hold for a project: drafts that wait for a person first. */
export function SkillsSection({ project }: { project: string }) {
  const t = useT()
  const { data, error, refetch } = useQuery(skillsQuery(project))
  const [changed, setChanged] = useState<string>()
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />
  if (!data) return <SkeletonRows rows={5} height="h-14" />
  return (
    <div className="flex flex-col gap-7">
      <p className="-mb-4 max-w-2xl text-xs text-pretty text-ink-3">{t('skills.explain')}</p>
      {data.faults.map(fault => (
        <p key={`${fault.path}${fault.line}`} role="alert" className="flex gap-2 text-sm text-red">
          <CircleAlert className="mt-0.5 size-4 shrink-0" />
          <span className="wrap-anywhere">
            {fault.path}:{fault.line}: {fault.message}
          </span>
        </p>
      ))}
      {data.items.length === 0 && (
        <Empty icon={<GraduationCap className="size-5" />} title={t('skills.none')}>
          {t('skills.noneHint')}
        </Empty>
      )}
      {order.map(status => {
        const skills = data.items.filter(skill => skill.status === status)
        if (skills.length === 0) return null
        return (
          <Panel key={status} title={t(`skills.${status}Title`)} count={skills.length}>
            <ul className="flex flex-col gap-2.5">
              {skills.map(skill => (
                <li key={`${skill.level}${skill.id}`}>
                  <SkillItem
                    skill={skill}
                    project={project}
                    moved={changed === `${skill.level}${skill.id}${skill.status}`}
                    onChange={status => setChanged(`${skill.level}${skill.id}${status}`)}
                  />
                </li>
              ))}
            </ul>
          </Panel>
        )
      })}
    </div>
  )
}

interface ItemProps {
  skill: Skill
  project: string
  /** It stands elsewhere than a moment ago, because somebody here changed its status. */
  moved: boolean
  onChange: (status: Skill['status']) => void
}

function SkillItem({ skill, project, moved, onChange }: ItemProps) {
  const t = useT()
  const { counts } = skill
  return (
    <Box>
      <Disclosure
        startsOpen={moved}
        takesFocus={moved}
        className="flex items-center gap-3"
        head={
          <>
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-center gap-2">
                <span className="text-sm font-medium">{skill.title}</span>
                <span className={cx('text-xs font-medium', statusColor[skill.status])}>
                  {t(`skills.${skill.status}`)}
                </span>
                <Tag>{t(`skills.${skill.level}`)}</Tag>
                <span className="text-2xs text-ink-3 tabular-nums">v{skill.version}</span>
              </span>
              <span className="block truncate text-xs text-ink-3">{skill.description}</span>
            </span>
            <span className="hidden shrink-0 text-right text-xs tabular-nums sm:block">
              {counts.uses_count === 0 ? (
                <span className="text-ink-3">{t('skills.unused')}</span>
              ) : (
                <>
                  <span className="text-green">{counts.successes_count} ✓</span>{' '}
                  <span className={counts.failures_count > 0 ? 'text-red' : 'text-ink-3'}>
                    {counts.failures_count} ✕
                  </span>
                </>
              )}
            </span>
          </>
        }
      >
        <SkillDetail skill={skill} project={project} onChange={onChange} />
      </Disclosure>
    </Box>
  )
}
