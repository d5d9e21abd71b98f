import { useQuery } from '@tanstack/react-query'
import { CircleAlert, RotateCw, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'

import { configQuery } from '@/api/queries'
import { ProjectSelect } from '@/components/ProjectSelect'
import { sectionsOf, settingRows } from '@/components/operations/settings'
import { Input } from '@/ui/Field'
import { Box, Tag } from '@/ui/Panel'
import { Empty, Failure, SkeletonRows } from '@/ui/states'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'

/** Every value in force, and where it was set. Values are changed in their files, which are watched. */
export function ConfigSection() {
  const t = useT()
  const [project, setProject] = useState<string>()
  const [text, setText] = useState('')
  const [onlySet, setOnlySet] = useState(false)
  const { data: config, error, refetch } = useQuery(configQuery(project))
  if (error && !config) return <Failure error={error} retry={() => void refetch()} />
  const sections = config
    ? sectionsOf(settingRows(config.settings, config.origins), text, onlySet)
    : undefined
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label={t('config.filter')}
          placeholder={t('config.filter')}
          value={text}
          onChange={event => setText(event.target.value)}
          className="w-60!"
        />
        <ProjectSelect
          label={t('config.view')}
          none={t('config.everywhere')}
          value={project}
          onChange={setProject}
          className="w-48!"
        />
        <label className="flex items-center gap-2 text-sm text-ink-2">
          <input type="checkbox" checked={onlySet} onChange={event => setOnlySet(event.target.checked)} />
          {t('config.onlySet')}
        </label>
      </div>
      {config?.errors.map(problem => (
        <p key={problem} role="alert" className="flex gap-2 text-sm text-red">
          <CircleAlert className="mt-0.5 size-4 shrink-0" />
          <span className="wrap-anywhere">{problem}</span>
        </p>
      ))}
      {sections === undefined ? (
        <SkeletonRows rows={8} />
      ) : sections.length === 0 ? (
        <Empty icon={<SlidersHorizontal className="size-5" />} title={t('config.none')} />
      ) : (
        sections.map(([section, rows]) => (
          <section key={section} aria-label={section}>
            <h2 className="mb-1.5 font-mono text-xs text-ink-2">{section}</h2>
            <Box>
              <dl>
                {rows.map(({ key, value, origin }) => (
                  <div
                    key={key}
                    className="grid grid-cols-1 gap-x-4 border-b border-line px-3 py-1.5 text-xs last:border-0 sm:grid-cols-[220px_minmax(0,1fr)_auto]"
                  >
                    <dt className="font-mono text-ink-2">
                      {key.split('.').slice(1).join('.') || key}
                      {config?.needs_restart.includes(key) && (
                        <Tag className="ml-2 text-amber!">
                          <RotateCw className="mr-1 size-3" />
                          {t('config.needsRestart')}
                        </Tag>
                      )}
                    </dt>
                    <dd className="font-mono wrap-anywhere">{value}</dd>
                    <dd className={cx('font-mono', origin === 'built-in' ? 'text-ink-3' : 'text-accent')}>
                      {origin === 'built-in' ? t('config.builtIn') : origin}
                    </dd>
                  </div>
                ))}
              </dl>
            </Box>
          </section>
        ))
      )}
    </div>
  )
}
