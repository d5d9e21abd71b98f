/** The editor of a script. Loaded with the page of policies only: CodeMirror weighs more than the rest of the page. */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  acceptCompletion,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Text } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  type KeyBinding,
} from '@codemirror/view'
import { useEffect, useEffectEvent, useImperativeHandle, useRef, type Ref } from 'react'

import type { ScriptProblem } from '@/api/client'
import { completeRhai } from '@/components/policies/completion'
import { codeLook } from '@/components/policies/editor-theme'
import { rhai } from '@/components/policies/rhai'
import { useLanguage, type Translate } from '@/util/i18n'

/** What a page may ask of the editor. */
export interface EditorHandle {
  focus: () => void
  /** Puts the cursor there; both count from 1. */
  goTo: (line: number, column: number) => void
}

interface Props {
  /** The script's name: its hooks are offered first. */
  name: string
  text: string
  readOnly: boolean
  /** What is wrong with the text; only what has a line is marked. */
  problems: readonly ScriptProblem[]
  label: string
  onChange: (text: string) => void
  onTry: () => void
  ref?: Ref<EditorHandle>
}

/** Where a line and a column (from 1, both) are in a text; the nearest place when they lie outside of it. */
function position(doc: Text, line: number, column: number): number {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines))
  return Math.min(at.from + Math.max(column - 1, 0), at.to)
}

/** A problem as a mark under the word at its place. */
function asDiagnostic(doc: Text, problem: ScriptProblem): Diagnostic[] {
  if (problem.line === null) return []
  const from = position(doc, problem.line, problem.column ?? 1)
  const rest = doc.sliceString(from, doc.lineAt(from).to)
  const length = /^\w+/.exec(rest)?.[0].length ?? Math.min(1, rest.length)
  const message = problem.expected ? `${problem.message}\n${problem.expected}` : problem.message
  return [{ from, to: from + length, severity: 'error', message }]
}

const phrases = (t: Translate) =>
  EditorState.phrases.of({
    Find: t('editor.find'),
    Replace: t('editor.replace'),
    next: t('editor.next'),
    previous: t('editor.previous'),
    all: t('editor.all'),
    'match case': t('editor.case'),
    regexp: t('editor.regexp'),
    'by word': t('editor.word'),
    replace: t('editor.replace'),
    'replace all': t('editor.replaceAll'),
    close: t('action.close'),
    Completions: t('editor.completions'),
    Diagnostics: t('policy.problems'),
    'No diagnostics': t('policy.noProblems'),
  })

/** What stays the same as long as the editor lives. */
const fixed = (name: string, keys: readonly KeyBinding[]) => [
  keymap.of([
    ...keys,
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...lintKeymap,
  ]),
  lineNumbers(),
  lintGutter(),
  history(),
  drawSelection(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  indentUnit.of('    '),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  autocompletion({ override: [completeRhai(name)] }),
  search({ top: true }),
  rhai(),
  codeLook,
]

export function CodeEditor({ name, text, readOnly, problems, label, ref, ...on }: Props) {
  const { t } = useLanguage()
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const changing = useRef(new Compartment())
  const onChange = useEffectEvent((next: string) => on.onChange(next))
  const onTry = useEffectEvent(() => on.onTry())
  const varying = useEffectEvent(() => [
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-readonly': String(readOnly),
      tabindex: '0',
    }),
    phrases(t),
  ])
  const firstText = useEffectEvent(() => text)

  useEffect(() => {
    if (!place.current) return
    const keys = [
      { key: 'Mod-Enter', preventDefault: true, run: () => (onTry(), true) },
      { key: 'Tab', run: acceptCompletion }, // Without a list that is open, Tab leads out of the editor.
    ]
    const editor = new EditorView({
      parent: place.current,
      doc: firstText(),
      extensions: [
        fixed(name, keys),
        changing.current.of(varying()),
        EditorView.updateListener.of(update => {
          if (update.docChanged) onChange(update.state.doc.toString())
        }),
      ],
    })
    view.current = editor
    return () => {
      editor.destroy()
      view.current = null
    }
  }, [name])

  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    goTo: (line, column) => {
      const editor = view.current
      if (!editor) return
      const anchor = position(editor.state.doc, line, column)
      editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
      editor.focus()
    },
  }))

  useEffect(() => {
    const editor = view.current
    if (editor && editor.state.doc.toString() !== text)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } })
  }, [text])

  useEffect(() => {
    view.current?.dispatch({ effects: changing.current.reconfigure(varying()) })
  }, [readOnly, label, t])

  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const marks = problems.flatMap(problem => asDiagnostic(editor.state.doc, problem))
    editor.dispatch(setDiagnostics(editor.state, marks))
  }, [problems])

  return <div ref={place} className="h-full min-h-0" />
}
