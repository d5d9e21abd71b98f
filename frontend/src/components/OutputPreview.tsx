import { useQuery } from '@tanstack/react-query'

import type { Output } from '@/api/client'
import { outputTextQuery, previewBytes } from '@/api/queries'
import { Markdown } from '@/ui/Markdown'
import { Failure, Skeleton } from '@/ui/states'
import { cx } from '@/util/cx'
import { isNumeric, parseCsv } from '@/util/csv'
import { bytes } from '@/util/format'
import { useT } from '@/util/i18n'
import { serverLinks } from '@/util/links'

type Kind = 'markdown' | 'table' | 'json' | 'image' | 'drawing' | 'text' | 'binary'

const byExtension: Record<string, Kind> = {
  md: 'markdown',
  markdown: 'markdown',
  csv: 'table',
  tsv: 'table',
  json: 'json',
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  gif: 'image',
  webp: 'image',
  svg: 'drawing',
  pdf: 'binary',
  zip: 'binary',
  gz: 'binary',
  xlsx: 'binary',
  parquet: 'binary',
  db: 'binary',
}

/** How a file is shown, by the end of its name. */
export const kindOf = (path: string): Kind =>
  byExtension[path.split('.').pop()?.toLowerCase() ?? ''] ?? 'text'

interface Props {
  project: string
  output: Output
}

export function OutputPreview({ project, output }: Props) {
  const t = useT()
  const kind = kindOf(output.path)
  if (kind === 'binary') return <p className="p-3 text-xs text-ink-3">{t('output.noPreview')}</p>
  if (kind === 'image')
    return (
      <img
        src={serverLinks.output(project, output.task, output.id)}
        alt={output.summary ?? output.title}
        className="mx-auto max-h-120 p-3"
      />
    )
  return <TextPreview project={project} output={output} kind={kind} />
}

function TextPreview({ project, output, kind }: Props & { kind: Kind }) {
  const t = useT()
  const { data: text, error, refetch } = useQuery(outputTextQuery(project, output))
  if (error) return <Failure error={error} retry={() => void refetch()} />
  if (text === undefined) return <Skeleton className="m-3 h-24" />
  const cut = output.size_bytes > previewBytes
  return (
    <div className="max-h-120 overflow-auto">
      {text === '' ? (
        <p className="p-3 text-xs text-ink-3">{t('output.empty')}</p>
      ) : kind === 'markdown' ? (
        <div className="px-4 py-3">
          <Markdown text={text} />
        </div>
      ) : kind === 'drawing' && !cut ? (
        <Drawing source={text} alt={output.summary ?? output.title} />
      ) : kind === 'table' ? (
        <CsvTable text={text} />
      ) : (
        <pre className="p-3 font-mono text-xs wrap-anywhere whitespace-pre-wrap">
          {kind === 'json' && !cut ? indented(text) : text}
        </pre>
      )}
      {cut && (
        <p className="border-t border-line px-3 py-1.5 text-xs text-ink-3">
          {t('output.cut', { size: bytes(previewBytes) })}
        </p>
      )}
    </div>
  )
}

/** An SVG as a picture: what is shown by an address of data runs no scripts and fetches nothing. */
const Drawing = ({ source, alt }: { source: string; alt: string }) => (
  <img
    src={`data:image/svg+xml,${encodeURIComponent(source)}`}
    alt={alt}
    className="mx-auto max-h-112 w-full bg-[white] object-contain p-4"
  />
)

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text // Not JSON after all: shown as it is.
  }
}

const mostRows = 200

function CsvTable({ text }: { text: string }) {
  const t = useT()
  const { rows, more } = parseCsv(text, mostRows + 1)
  const [head = [], ...body] = rows
  return (
    <>
      <table className="w-full border-collapse text-xs tabular-nums">
        <thead className="sticky top-0 bg-sunken">
          <tr>
            {head.map((cell, index) => (
              <th
                key={index}
                scope="col"
                className={cx(
                  'border-b border-line px-3 py-1.5 font-medium whitespace-nowrap',
                  isNumeric(body[0]?.[index] ?? '') ? 'text-right' : 'text-left',
                )}
              >
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, index) => (
            <tr key={index} className="hover:bg-hover">
              {row.map((cell, column) => (
                <td
                  key={column}
                  className={cx(
                    'border-b border-line px-3 py-1 whitespace-nowrap',
                    isNumeric(cell) && 'text-right',
                  )}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more && <p className="px-3 py-1.5 text-xs text-ink-3">{t('output.firstRows', { count: mostRows })}</p>}
    </>
  )
}
