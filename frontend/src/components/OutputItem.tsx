import { ExternalLink, FileCode, FileCog, FileText, Sheet, File } from 'lucide-react'
import { Suspense } from 'react'

import type { Output } from '@/api/client'
import { Avatar } from '@/ui/Avatar'
import { Disclosure } from '@/ui/Disclosure'
import { Box, Tag } from '@/ui/Panel'
import { Skeleton } from '@/ui/states'
import { Ago } from '@/ui/time'
import { cx } from '@/util/cx'
import { bytes } from '@/util/format'
import { useT } from '@/util/i18n'
import { lazyPart } from '@/util/lazy-part'
import { serverLinks } from '@/util/links'

const OutputPreview = lazyPart(() => import('@/components/OutputPreview'), 'OutputPreview')

const icons = { code: FileCode, document: FileText, data: Sheet, config: FileCog, other: File }

interface Props {
  project: string
  output: Output
  /** A newer output of the same title exists. */
  outdated: boolean
  /** A newer output was written over its file. */
  replaced: boolean
  startsOpen: boolean
}

/** One result; opened, it shows the file. */
export function OutputItem({ project, output, outdated, replaced, startsOpen }: Props) {
  const t = useT()
  const Icon = icons[output.output_type]
  return (
    <Box>
      <Disclosure
        startsOpen={startsOpen}
        className="flex items-center gap-3"
        beside={
          <a
            href={serverLinks.output(project, output.task, output.id)}
            target="_blank"
            rel="noreferrer"
            aria-label={t('output.open', { title: output.title })}
            className="flex size-7 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
          >
            <ExternalLink className="size-3.5" />
          </a>
        }
        head={
          <>
            <Icon className="size-4 shrink-0 text-ink-3" />
            <span className="min-w-0 flex-1">
              <span className="flex items-center gap-2">
                <span className={cx('truncate text-sm', outdated ? 'text-ink-2' : 'font-medium')}>
                  {output.title}
                </span>
                {outdated && <Tag>{t('output.outdated')}</Tag>}
              </span>
              {output.summary && <span className="block truncate text-xs text-ink-3">{output.summary}</span>}
            </span>
            <span className="hidden shrink-0 items-center gap-3 text-xs text-ink-3 tabular-nums sm:flex">
              <span className="flex items-center gap-1.5">
                <Avatar actor={output.agent} size="xs" />
                {output.agent}
              </span>
              <span className="w-14 text-right">{bytes(output.size_bytes)}</span>
              <Ago at={output.created_at} className="w-16 text-right" />
            </span>
          </>
        }
      >
        {replaced ? (
          <p className="p-3 text-xs text-ink-3">{t('output.replaced')}</p>
        ) : (
          <Suspense fallback={<Skeleton className="m-3 h-24" />}>
            <OutputPreview project={project} output={output} />
          </Suspense>
        )}
        <footer className="flex flex-wrap gap-x-4 border-t border-line bg-sunken px-3 py-1.5 font-mono text-2xs text-ink-3">
          <span className="wrap-anywhere">{output.path}</span>
          <span className="ml-auto" title={output.sha256}>
            sha256 {output.sha256.slice(0, 12)}
          </span>
        </footer>
      </Disclosure>
    </Box>
  )
}
