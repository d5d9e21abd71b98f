/** A script's text on its way from the server to the editor and back: read, changed, checked, saved. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { ApiError } from '@/api/client'
import {
  checkQuery,
  fileText,
  levelOf,
  readScript,
  scriptQuery,
  type Place,
  type PlacedScript,
} from '@/api/scripts'
import { keys } from '@/api/queries'
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
  const [theirs, setTheirs] = useState<PlacedScript>()
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

  /** A save came into conflict: with another's text, or with a fault of another file, which keeps it out of force. */
  const settle = useMutation<PlacedScript, Error, { next: string; refused: ApiError }>({
    mutationFn: () => readScript(place, name),
    onSuccess: (found, { next, refused }) => {
      if (found.refused_source !== next) {
        setTheirs(found)
        return
      }
      // The text stays in sight until it is in force.
      client.setQueryData(scriptQuery(place, name).queryKey, found)
      void client.invalidateQueries({ queryKey: keys.scripts })
      setTheirs(undefined)
      keepDraft(place, name, { text: next, base: found.base })
      sayFailed(refused)
    },
    onError: sayFailed,
  })

  /** Saves a text over the one with this hash; when another is there by now, both are shown. */
  const put = (next: string, base: string | undefined, done: string) =>
    save.mutate(base === undefined ? { source: next } : { source: next, base_hash: base }, {
      onSuccess: saved => {
        client.setQueryData(scriptQuery(place, name).queryKey, saved)
        setTheirs(undefined)
        dropDraft(place, name)
        sayDone(done)
      },
      onError: refused => {
        if (refused instanceof ApiError && refused.code === 'conflict') settle.mutate({ next, refused })
        else sayFailed(refused)
      },
    })

  /** Puts what a script's own file says into the editor: as a change, where it is not in force. */
  const take = (from: PlacedScript) => {
    if (from.refused_source === null) dropDraft(place, name)
    else keepDraft(place, name, { text: fileText(from), base: from.base })
  }

  return {
    script,
    error,
    refetch,
    text,
    editable,
    isDraft: draft !== undefined,
    /** Somebody else has saved the script since the draft was begun. */
    isBehind: draft !== undefined && script !== undefined && draft.base !== script.base,
    isSaving: save.isPending || settle.isPending,
    /** What the script's file says, where that was refused; none while it is the text on screen. */
    refused: script?.refused_source === text ? null : (script?.refused_source ?? null),
    problems: editable ? (check.data ?? []) : [],
    /** The problems are those of the text as it stands. */
    isChecked: editable && check.isSuccess && !check.isPlaceholderData && checked === text,
    theirs,
    change: (next: string) => {
      if (!script) return
      if (next === source) dropDraft(place, name)
      else keepDraft(place, name, { text: next, base: draft ? draft.base : script.base })
    },
    compare: () => compare.mutate(),
    closeConflict: () => setTheirs(undefined),
    takeTheirs: () => {
      if (theirs) {
        client.setQueryData(scriptQuery(place, name).queryKey, theirs)
        take(theirs)
      }
      setTheirs(undefined)
    },
    editRefused: () => script && take(script),
    keepMine: () => theirs && put(text, theirs.base, t('policy.saved', { name })),
    discard: () => {
      dropDraft(place, name)
      sayDone(t('policy.discarded', { name }))
    },
    save: () => script && put(text, draft ? draft.base : script.base, t('policy.saved', { name })),
    override: () => script && put(source, script.base, t('policy.overrideDone', { name })),
    rollBack: (old: string) => script && put(old, script.base, t('policy.rolledBack', { name })),
  }
}

export type ScriptText = ReturnType<typeof useScriptText>
