import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeAll, vi } from 'vitest'

import { loadPageWords, startLanguage } from '@/util/i18n'

// jsdom has no media queries; tests see a wide screen with the light theme.
vi.stubGlobal('matchMedia', (query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}))
// Nor does it measure anything, which tooltips and menus want.
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
)
Element.prototype.scrollIntoView = () => undefined
Element.prototype.hasPointerCapture = () => false

// A busy machine loads the parts of a page slowly.
configure({ asyncUtilTimeout: 8000 })

beforeAll(async () => {
  await startLanguage()
  await loadPageWords()
})
afterEach(cleanup)
