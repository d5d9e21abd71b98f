// Build and development server of the dashboard. In development the API comes from a running daemon.
import { fileURLToPath } from 'node:url'

import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const daemon = process.env.MOZIPLUS_URL ?? 'http://127.0.0.1:8083'

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { '@': folder('./src'), '@tests': folder('./tests') } },
  build: { target: 'es2024', manifest: true, reportCompressedSize: false },
  server: {
    port: 5183,
    proxy: { '/api': { target: daemon, changeOrigin: true, headers: { origin: daemon } } },
  },
  test: {
    testTimeout: 20_000, // A busy machine types slowly.
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'client/test/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
  },
})
