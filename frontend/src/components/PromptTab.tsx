import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Prompt, TaskDetail } from '@/api/client'
import { promptQuery } from '@/api/queries'
import { ActorName } from '@/ui/Avatar'
import { Markdown } from '@/ui/Markdown'
import { Box, Tag } from '@/ui/Panel'
import { Failure, SkeletonRows } from '@/ui/states'
import { cx } from '@/util/cx'
import { number, percent } from '@/util/format'
import { useLanguage, useT } from '@/util/i18n'
import { withQuotes } from '@/util/prompt-text'

const tierNames = ['message', 'demand', 'files'] as const

/** What an agent is told, or would be: the message, what it leaves out, and the files beside it. */
export function PromptTab({ task }: { task: TaskDetail }) {
  const t = useT()
  const [raw, setRaw] = useState(false)
  const { data: prompt, error, refetch } = useQuery(promptQuery(task.project, task.id))
  if (error && !prompt) return <Failure error={error} retry={() => void refetch()} />
  if (!prompt) return <SkeletonRows rows={6} />
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3 text-sm">
        <ActorName actor={prompt.agent} />
        <Tag>{t(`role.${prompt.role}`)}</Tag>
        <Tag>{t(`trigger.${prompt.trigger}`)}</Tag>
        <button
          type="button"
          aria-pressed={raw}
          onClick={() => setRaw(!raw)}
          className="ml-auto rounded-sm text-xs text-ink-3 hover:text-ink aria-pressed:text-ink"
        >
          {t('prompt.raw')}
        </button>
      </div>
      {prompt.faults.map(fault => (
        <p key={fault.template} role="alert" className="text-sm text-red">
          {fault.file}
          {fault.line !== null && `:${fault.line}`}: {fault.message}
        </p>
      ))}
      <Tiers prompt={prompt} />
      <Box className="px-4 py-3">
        {raw ? (
          <pre className="font-mono text-xs wrap-anywhere whitespace-pre-wrap">{prompt.message}</pre>
        ) : (
          <Markdown text={withQuotes(prompt.message)} />
        )}
      </Box>
      {prompt.left_out.length > 0 && (
        <Box>
          <h2 className="px-4 py-2 text-xs font-medium">{t('prompt.leftOut')}</h2>
          <ul>
            {prompt.left_out.map(cut => (
              <li key={cut.section} className="border-t border-line px-4 py-2 text-xs">
                <p>{cut.text}</p>
                <code className="font-mono text-ink-3">{cut.file ?? cut.command}</code>
              </li>
            ))}
          </ul>
        </Box>
      )}
      {prompt.files.length > 0 && (
        <Box>
          <h2 className="px-4 py-2 text-xs font-medium">{t('prompt.files')}</h2>
          <ul>
            {prompt.files.map(file => (
              <li key={file.path} className="border-t border-line">
                <details>
                  <summary className="px-4 py-2 text-xs">
                    <code className="font-mono">{file.path}</code>
                    <span className="ml-3 text-ink-3">{file.what}</span>
                  </summary>
                  <pre className="max-h-80 overflow-auto border-t border-line bg-sunken p-3 font-mono text-xs whitespace-pre-wrap">
                    {file.text}
                  </pre>
                </details>
              </li>
            ))}
          </ul>
        </Box>
      )}
    </div>
  )
}

/** How many tokens each tier has, against what it may have. */
function Tiers({ prompt }: { prompt: Prompt }) {
  const { t, locale } = useLanguage()
  return (
    <dl className="grid grid-cols-1 gap-2.5 sm:grid-cols-3">
      {prompt.tiers.map(tier => {
        const known = tierNames.find(name => name === tier.name)
        const share = tier.budget > 0 ? Math.min(1, tier.tokens / tier.budget) : 0
        return (
          <Box key={tier.name} className="px-3 py-2">
            <dt className="text-2xs text-ink-3">{known ? t(`prompt.${known}`) : tier.name}</dt>
            <dd className="text-sm tabular-nums">
              {t('prompt.tokens', {
                used: number(tier.tokens, locale),
                most: number(tier.budget, locale),
              })}
              <span aria-hidden className="mt-1.5 block h-1 overflow-hidden rounded-full bg-press">
                <span
                  className={cx('block h-full rounded-full', share > 0.9 ? 'bg-amber' : 'bg-azure')}
                  style={{ width: percent(share) }}
                />
              </span>
            </dd>
          </Box>
        )
      })}
    </dl>
  )
}
