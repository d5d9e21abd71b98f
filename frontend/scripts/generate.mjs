// Writes the typed client from the server's document. With --check it changes nothing and fails when they differ.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import openapiTS, { astToString } from 'openapi-typescript'

const from = new URL('../../openapi/openapi.json', import.meta.url)
const to = new URL('../src/api/__generated__/schema.ts', import.meta.url)

const nodes = await openapiTS(from, { defaultNonNullable: false, enumValues: true, silent: true })
const text = `// Made by \`npm run generate\` from openapi/openapi.json. Do not edit.\n\n${astToString(nodes)}`

if (!process.argv.includes('--check')) {
  writeFileSync(to, text)
  console.log(`wrote ${fileURLToPath(to)}`)
} else if (readFileSync(to, 'utf8') === text) {
  console.log('the client is up to date with openapi/openapi.json')
} else {
  console.error('the client differs from openapi/openapi.json: run `npm run generate`')
  process.exit(1)
}
