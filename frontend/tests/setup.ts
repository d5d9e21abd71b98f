import { cleanup } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// jsdom has no media queries; tests see a wide screen with the light theme.
vi.stubGlobal('matchMedia', (query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}))

afterEach(cleanup)
