// Writes a compressed copy beside each text file of the build; the server sends it to browsers that take it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const isText = name => /\.(?:js|css|html|svg|json)$/.test(name) && !name.startsWith('.vite')
for (const name of readdirSync(dist, { recursive: true }).filter(isText)) {
  const text = readFileSync(new URL(name, dist))
  const compressed = gzipSync(text, { level: 9 })
  if (compressed.length < text.length) writeFileSync(new URL(`${name}.gz`, dist), compressed)
}
