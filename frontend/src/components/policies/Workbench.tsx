import { Tabs } from 'radix-ui'
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'

import type { ScriptProblem } from '@/api/client'
import type { HookFailure } from '@/api/failing'
import { fileText, type Place } from '@/api/scripts'
import type { EditorHandle } from '@/components/policies/CodeEditor'
import { ConflictDialog } from '@/components/policies/ConflictDialog'
import { failuresOf, faultElsewhere, faultOf } from '@/components/policies/faults'
import { History } from '@/components/policies/History'
import { DiskFault, FaultElsewhere, Inherited, Notice, RunFailure } from '@/components/policies/Notices'
import { Problems } from '@/components/policies/Problems'
import { RefusedText } from '@/components/policies/RefusedText'
import { RemoveDialog } from '@/components/policies/RemoveDialog'
import { ScriptHead } from '@/components/policies/ScriptHead'
import { TryOut } from '@/components/policies/TryOut'
import { useScriptText, type ScriptText } from '@/components/policies/useScriptText'
import { useTrials } from '@/components/policies/useTrials'
import { Button } from '@/ui/Button'
import { Failure, Skeleton, SkeletonRows } from '@/ui/states'
import { cx } from '@/util/cx'
import { useT } from '@/util/i18n'

const CodeEditor = lazy(() =>
  import('@/components/policies/CodeEditor').then(module => ({ default: module.CodeEditor })),
)

interface Props {
  place: Place
  name: string
  /** What is wrong with the place's files on disk. */
  faults: readonly ScriptProblem[]
  /** Hooks of the place that failed when they were asked. */
  failures: readonly HookFailure[]
  /** Projects that a script of all projects can be tried in. */
  projects: readonly string[]
}

const sections = ['try', 'history'] as const

/** One script: its text, what is wrong with it, what it would do, and what it said before. */
export function Workbench({ place, name, faults, failures, projects }: Props) {
  const t = useT()
  const script = useScriptText(place, name)
  const trials = useTrials(place, name, script.text, projects)
  const editor = useRef<EditorHandle>(null)
  const [section, setSection] = useState<(typeof sections)[number]>('try')
  const [removing, setRemoving] = useState(false)

  useSaveKey(() => canSave(script, faults) && script.save())

  const found = script.script
  if (script.error && !found) return <Failure error={script.error} retry={() => void script.refetch()} />
  if (!found)
    return (
      <div className="p-4">
        <SkeletonRows rows={3} height="h-24" />
      </div>
    )
  const fault = faultOf(found, faults)
  const elsewhere = faultElsewhere(found, faults)
  const tryNow = () => {
    setSection('try')
    trials.run()
  }
  return (
    <div className="flex flex-col gap-3 p-4 md:px-5">
      <ScriptHead
        place={place}
        found={found}
        script={script}
        elsewhere={elsewhere}
        onRemove={() => setRemoving(true)}
      />
      {fault && <DiskFault fault={fault} place={place} onRemove={() => setRemoving(true)} />}
      {elsewhere && <FaultElsewhere fault={elsewhere} place={place} />}
      {failuresOf(found, failures).map(failure => (
        <RunFailure
          key={`${failure.project}/${failure.hook}`}
          failure={failure}
          place={place}
          path={found.path}
          onGo={(line, column) => editor.current?.goTo(line, column)}
        />
      ))}
      {script.refused !== null && (
        <RefusedText
          refused={script.refused}
          inForce={found.source ?? ''}
          reason={script.isDraft ? t('policy.saveFirst') : undefined}
          onEdit={script.editRefused}
        />
      )}
      {!script.editable && !fault && <Inherited level={found.level} />}
      {script.isBehind && (
        <Notice
          action={
            <Button size="sm" onClick={script.compare}>
              {t('policy.compare')}
            </Button>
          }
        >
          {t('policy.changed', { name })}
        </Notice>
      )}
      <div
        className={cx(
          'h-[52vh] min-h-72 overflow-hidden rounded-lg border border-line bg-raised shadow-card',
          'has-[.cm-focused]:border-accent',
        )}
      >
        <Suspense fallback={<EditorSkeleton />}>
          <CodeEditor
            name={name}
            text={script.text}
            readOnly={!script.editable}
            problems={script.problems}
            label={t('policy.editor', { name })}
            onChange={script.change}
            onTry={tryNow}
            ref={editor}
          />
        </Suspense>
      </div>
      {script.editable && <Problems name={name} script={script} editor={editor} />}
      <Tabs.Root value={section} onValueChange={value => setSection(value === 'history' ? 'history' : 'try')}>
        <Tabs.List aria-label={t('policy.below')} className="-mx-1 flex gap-1 border-b border-line">
          {sections.map(one => (
            <Tabs.Trigger
              key={one}
              value={one}
              className="-mb-px flex h-9 shrink-0 items-center border-b-2 border-transparent px-2 text-sm text-ink-3 hover:text-ink data-[state=active]:border-ink data-[state=active]:font-medium data-[state=active]:text-ink"
            >
              {t(one === 'try' ? 'policy.tryOut' : 'policy.history')}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="try" className="rounded-sm pt-3">
          <TryOut place={place} name={name} projects={projects} trials={trials} />
        </Tabs.Content>
        <Tabs.Content value="history" className="rounded-sm pt-3">
          <History
            place={place}
            name={name}
            text={script.text}
            reason={script.isDraft ? t('policy.saveFirst') : undefined}
            busy={script.isSaving}
            onRollBack={script.rollBack}
          />
        </Tabs.Content>
      </Tabs.Root>
      {removing && <RemoveDialog place={place} name={name} onClose={() => setRemoving(false)} />}
      {script.theirs && (
        <ConflictDialog
          name={name}
          mine={script.text}
          theirs={fileText(script.theirs)}
          busy={script.isSaving}
          onKeepMine={script.keepMine}
          onTakeTheirs={script.takeTheirs}
          onClose={script.closeConflict}
        />
      )}
    </div>
  )
}

const EditorSkeleton = () => {
  const t = useT()
  return (
    <div aria-busy aria-label={t('policy.loading')} role="status" className="flex flex-col gap-2 p-3">
      {['w-1/3', 'w-2/3', 'w-1/2', 'w-3/5'].map(width => (
        <Skeleton key={width} className={cx('h-4', width)} />
      ))}
    </div>
  )
}

/** Ctrl+S or ⌘S saves, wherever the focus is on the page. */
function useSaveKey(save: () => void) {
  const onSave = useEffectEvent(save)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      if (event.key.toLowerCase() !== 's') return
      event.preventDefault()
      if (!document.querySelector('[role=dialog]')) onSave()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

const canSave = (script: ScriptText, faults: readonly ScriptProblem[]) =>
  script.isDraft &&
  !(script.isChecked && script.problems.length > 0) &&
  !(script.script && faultElsewhere(script.script, faults))
