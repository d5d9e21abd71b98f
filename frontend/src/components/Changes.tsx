import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'

import type { OutputChange } from '@/api/client'
import { changesQuery } from '@/api/queries'
import { Box, Tag } from '@/ui/Panel'
import { cx } from '@/util/cx'
import { bytes } from '@/util/format'
import { useT } from '@/util/i18n'

const changeColor = {
  added: 'text-green!',
  changed: 'text-azure!',
  unchanged: 'text-ink-3!',
  missing: 'text-red!',
}

/** What became of the files since they were last judged; nothing before the first review. */
export function Changes({ project, task }: { project: string; task: string }) {
  const t = useT()
  const { data = [] } = useQuery(changesQuery(project, task))
  const known = data.filter(({ sha256_before: before }) => before !== null)
  if (known.length === 0) return null
  const rows = data.filter(({ change }) => change !== 'unchanged')
  return (
    <Box>
      <h2 className="px-4 pt-2.5 pb-1.5 text-xs font-medium">{t('changes.title')}</h2>
      {rows.length === 0 ? (
        <p className="px-4 pb-2.5 text-xs text-ink-3">{t('changes.none')}</p>
      ) : (
        <ul>
          {rows.map(change => (
            <Row key={change.path} change={change} />
          ))}
        </ul>
      )}
    </Box>
  )
}

function Row({ change }: { change: OutputChange }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const { title, change: kind, diff, size_bytes: size, size_bytes_before: before } = change
  return (
    <li className="border-t border-line">
      <button
        type="button"
        aria-expanded={open}
        aria-disabled={diff === null || undefined}
        onClick={() => setOpen(diff !== null && !open)}
        className="flex w-full items-center gap-3 px-3 py-1.5 text-left hover:bg-hover"
      >
        <ChevronRight
          className={cx(
            'size-3.5 text-ink-3 transition-transform',
            open && 'rotate-90',
            diff === null && 'invisible',
          )}
        />
        <span className="truncate text-sm">{title}</span>
        <Tag className={changeColor[kind]}>{t(`changes.${kind}`)}</Tag>
        <span className="ml-auto text-xs text-ink-3 tabular-nums">
          {before !== null && bytes(before)}
          {before !== null && size !== null && ' → '}
          {size !== null && bytes(size)}
        </span>
      </button>
      {open && diff !== null && <Diff text={diff} cut={change.diff_is_cut} />}
    </li>
  )
}

const lineColor = (line: string) => {
  if (line.startsWith('+')) return 'bg-green/10 text-green'
  if (line.startsWith('-')) return 'bg-red/10 text-red'
  return line.startsWith('@@') ? 'text-violet' : 'text-ink-2'
}

/** A unified difference, line by line; the sign in front says it too, not the colour alone. */
function Diff({ text, cut }: { text: string; cut: boolean }) {
  const t = useT()
  return (
    <div className="max-h-120 overflow-auto border-t border-line bg-sunken py-1.5">
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling area must be reachable by keyboard */}
      <pre tabIndex={0} className="w-max min-w-full font-mono text-xs">
        {text
          .trimEnd()
          .split('\n')
          .map((line, index) => (
            <span key={index} className={cx('block px-3', lineColor(line))}>
              {line || ' '}
            </span>
          ))}
      </pre>
      {cut && <p className="px-3 pt-1.5 text-xs text-ink-3">{t('changes.cut')}</p>}
    </div>
  )
}
