/** Two texts of a script compared: side by side where there is room, else one below the other, line by line. */
import { MergeView, unifiedMergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'

import { codeLook } from '@/components/policies/editor-theme'
import { rhai } from '@/components/policies/rhai'
import { useIsPhone } from '@/hooks/useMediaQuery'
import { useT } from '@/util/i18n'

interface Side {
  /** Whose text it is. */
  label: string
  text: string
}

const gap = { margin: 3, minSize: 6 }

export function CodeDiff({ before, after }: { before: Side; after: Side }) {
  const t = useT()
  const phone = useIsPhone()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const parent = place.current
    if (!parent) return
    const look = (label: string): Extension => [
      lineNumbers(),
      rhai(),
      codeLook,
      EditorView.lineWrapping,
      EditorState.readOnly.of(true),
      EditorState.phrases.of({ '$ unchanged lines': t('policy.unchangedLines') }),
      EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
    ]
    const view = phone
      ? new EditorView({
          parent,
          doc: after.text,
          extensions: [
            look(`${before.label} → ${after.label}`),
            unifiedMergeView({ original: before.text, mergeControls: false, collapseUnchanged: gap }),
          ],
        })
      : new MergeView({
          parent,
          a: { doc: before.text, extensions: look(before.label) },
          b: { doc: after.text, extensions: look(after.label) },
          collapseUnchanged: gap,
        })
    return () => view.destroy()
  }, [before.label, before.text, after.label, after.text, phone, t])

  return (
    <div className="overflow-hidden rounded-md border border-line">
      <div className="grid grid-cols-2 border-b border-line bg-sunken text-2xs text-ink-2">
        <span className="truncate px-3 py-1">{before.label}</span>
        <span className="truncate border-l border-line px-3 py-1">{after.label}</span>
      </div>
      <div ref={place} className="max-h-[50vh] overflow-auto" />
    </div>
  )
}
