import { lazy } from 'react'

import { withWords } from '@/util/i18n'

type Part = Awaited<ReturnType<Parameters<typeof lazy>[0]>>['default']

/** A part of the interface that is loaded, with its words, when it is first shown. */
export const lazyPart = <Name extends string, Found extends Part>(
  load: () => Promise<Record<Name, Found>>,
  name: Name,
) => lazy(async () => ({ default: (await withWords(load)())[name] }))
