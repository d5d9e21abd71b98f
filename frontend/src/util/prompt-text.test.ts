import { expect, it } from 'vitest'

import { withQuotes } from '@/util/prompt-text'

it('quotes what is data under its name', () => {
  const message = '# Task\n<data-1f of="title">\nCount\n</data-1f>\nThen <data-2e of="body">a\n\nb</data-2e>'
  expect(withQuotes(message)).toBe('# Task\n\n> *title*\n>\n> Count\n\nThen \n> *body*\n>\n> a\n>\n> b\n')
})
