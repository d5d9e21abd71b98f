// Writes what the dashboard takes from the server: the typed client from its document, and the words of policies, which
// the editor completes, from the reference. With --check it changes nothing and fails when they differ.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import openapiTS, { astToString } from 'openapi-typescript'

import { policyWords } from './policy-words.mjs'

const here = path => new URL(path, import.meta.url)
const document = here('../../openapi/openapi.json')
const reference = here('../../docs/policy-reference.md')
const head = from => `// Made by \`npm run generate\` from ${from}. Do not edit.\n\n`

const nodes = await openapiTS(document, { defaultNonNullable: false, enumValues: true, silent: true })
const made = [
  [here('../src/api/__generated__/schema.ts'), head('openapi/openapi.json') + astToString(nodes)],
  [
    here('../src/api/__generated__/policy.ts'),
    head('docs/policy-reference.md') + policyWords(readFileSync(reference, 'utf8')),
  ],
]

for (const [to, text] of made) {
  const name = fileURLToPath(to)
  if (!process.argv.includes('--check')) {
    writeFileSync(to, text)
    console.log(`wrote ${name}`)
  } else if (readFileSync(to, 'utf8') === text) {
    console.log(`${name} is up to date`)
  } else {
    console.error(`${name} is out of date: run \`npm run generate\``)
    process.exitCode = 1
  }
}
