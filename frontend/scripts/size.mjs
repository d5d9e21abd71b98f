// Says what a first visit loads, compressed, and fails above the limit. Run after `npm run build`.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const limitKb = 190
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

const firstPages = ['src/util/i18n/en.ts', 'src/pages/OverviewPage.tsx']
const files = new Set(['index.html', 'preferences.js', 'favicon.svg'])
// The overview shows no code, so the browser does not fetch the typewriter font for it.
const isFirst = file => !file.includes('mono')
const visit = name => {
  const chunk = manifest[name]
  if (!chunk || files.has(chunk.file)) return
  for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? []).filter(isFirst)])
    files.add(file)
  for (const next of chunk.imports ?? []) visit(next)
}
for (const name of ['index.html', ...firstPages]) visit(name)

const weigh = file => {
  const bytes = readFileSync(new URL(file, dist))
  return file.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 9 }).length // Fonts are compressed already.
}
const rows = [...files].map(file => ({ file, bytes: weigh(file) })).sort((a, b) => b.bytes - a.bytes)
for (const { file, bytes } of rows) console.log(`${(bytes / 1024).toFixed(1).padStart(7)} KB  ${file}`)
const total = rows.reduce((sum, { bytes }) => sum + bytes, 0) / 1024
console.log(`${total.toFixed(1).padStart(7)} KB  first load, limit ${limitKb} KB`)
if (total > limitKb) process.exit(1)
