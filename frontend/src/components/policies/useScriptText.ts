/** A script's text on its way from the server to the editor and back: read, changed, checked, saved. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { ApiError, type Script } from '@/api/client'
import { checkQuery, levelOf, readScript, scriptQuery, type Place } from '@/api/scripts'
import { dropDraft, keepDraft, useDraft } from '@/components/policies/drafts'
import { useDebounced } from '@/hooks/useDebounced'
import { useSaveScript } from '@/hooks/writes'
import { sayDone, sayFailed } from '@/ui/toast'
import { useT } from '@/util/i18n'

const restMs = 350

export function useScriptText(place: Place, name: string) {
  const t = useT()
  const client = useQueryClient()
  const { data: script, error, refetch } = useQuery(scriptQuery(place, name))
  const kept = useDraft(place, name)
  const save = useSaveScript(place, name)
  const [theirs, setTheirs] = useState<Script>()
  const source = script?.source ?? ''
  const draft = kept?.text === source ? undefined : kept
  const text = draft?.text ?? source
  const editable = script !== undefined && (script.level === levelOf(place) || draft !== undefined)
  const checked = useDebounced(text, restMs)
  const check = useQuery({ ...checkQuery(place, name, checked), enabled: editable && checked !== '' })

  /** Reads what somebody else saved, so that both texts can be compared. */
  const compare = useMutation({
    mutationFn: () => readScript(place, name),
    onSuccess: setTheirs,
    onError: sayFailed,
  })

  /** Saves a text over the one with this hash; when another is there by now, both are shown. */
  const put = (next: string, base: string, done: string) =>
    save.mutate(
      { source: next, base_hash: base },
      {
        onSuccess: saved => {
          client.setQueryData(scriptQuery(place, name).queryKey, saved)
          setTheirs(undefined)
          if (saved.source === next && saved.level === levelOf(place)) {
            dropDraft(place, name)
            sayDone(done)
          } else {
            // Another file is faulty, so the whole set was refused: the text stays here until it is in force.
            keepDraft(place, name, { text: next, base: saved.hash })
            sayFailed(new Error(t('policy.savedNotInForce', { name })))
          }
        },
        onError: refused => {
          if (refused instanceof ApiError && refused.code === 'conflict') compare.mutate()
          else sayFailed(refused)
        },
      },
    )

  return {
    script,
    error,
    refetch,
    text,
    editable,
    isDraft: draft !== undefined,
    /** Somebody else has saved the script since the draft was begun. */
    isBehind: draft !== undefined && script !== undefined && draft.base !== script.hash,
    isSaving: save.isPending,
    problems: editable ? (check.data ?? []) : [],
    /** The problems are those of the text as it stands. */
    isChecked: editable && check.isSuccess && !check.isPlaceholderData && checked === text,
    theirs,
    change: (next: string) => {
      if (!script) return
      if (next === source) dropDraft(place, name)
      else keepDraft(place, name, { text: next, base: draft?.base ?? script.hash })
    },
    compare: () => compare.mutate(),
    closeConflict: () => setTheirs(undefined),
    takeTheirs: () => {
      if (theirs) client.setQueryData(scriptQuery(place, name).queryKey, theirs)
      dropDraft(place, name)
      setTheirs(undefined)
    },
    keepMine: () => theirs && put(text, theirs.hash, t('policy.saved', { name })),
    discard: () => {
      dropDraft(place, name)
      sayDone(t('policy.discarded', { name }))
    },
    save: () => script && put(text, draft?.base ?? script.hash, t('policy.saved', { name })),
    override: () => script && put(source, script.hash, t('policy.overrideDone', { name })),
    rollBack: (old: string) => script && put(old, script.hash, t('policy.rolledBack', { name })),
  }
}

export type ScriptText = ReturnType<typeof useScriptText>
