import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import '@/styles.css'
import { ApiError } from '@/api/client'
import { connect } from '@/api/events'
import { router } from '@/routes'
import { Toasts } from '@/ui/toast'
import { TooltipLayer } from '@/ui/TooltipLayer'
import { startLanguage } from '@/util/i18n'
import { watchTheme } from '@/util/preferences'

const retries = 2

const queries = new QueryClient({
  defaultOptions: {
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always', // The daemon is often on this machine, which needs no network.
      staleTime: 30_000, // Events say when something changed; this only bounds what they might miss.
      retry: (count, error) =>
        count < retries && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
})

async function start(root: HTMLElement) {
  watchTheme()
  await startLanguage()
  connect(queries)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Toasts />
        <TooltipLayer />
      </QueryClientProvider>
    </StrictMode>,
  )
}

const root = document.getElementById('root')
if (root) void start(root)
