/** Trying a text out: now and in the past, at once. Answers belong to the text they were asked for. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { replay, simulate, type Place } from '@/api/scripts'

export const periods = ['1h', '24h', '7d'] as const
export type Period = (typeof periods)[number]

/** The trials of a script. `projects` are those that it can be tried in. */
export function useTrials(place: Place, name: string, text: string, projects: readonly string[]) {
  const [wished, setProject] = useState<string>()
  const [since, setSince] = useState<Period>('24h')
  const now = useMutation({ mutationFn: simulate })
  const past = useMutation({ mutationFn: replay })
  const project = place ?? wished ?? projects[0]
  const askedFor = now.variables
  return {
    now,
    past,
    project,
    setProject,
    since,
    setSince,
    /** The answers on screen are about another text. */
    isStale: askedFor !== undefined && askedFor.source !== text,
    run: () => {
      if (project === undefined || name.startsWith('jobs.')) return
      const trial = { place, project, name, source: text }
      now.mutate(trial)
      past.mutate({ ...trial, since })
    },
  }
}

export type Trials = ReturnType<typeof useTrials>
