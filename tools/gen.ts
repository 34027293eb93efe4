import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { caseFileSchema } from '@sluice/server/reference'
import { adaptersPage } from './reference/adapters-page.ts'
import { commandsPage } from './reference/commands-page.ts'
import { entitySetsPage } from './reference/entity-sets-page.ts'
import { errorsPage } from './reference/errors-page.ts'
import { expressionsPage } from './reference/expressions-page.ts'
import { flowsPage } from './reference/flows-page.ts'
import { messageMappingPage } from './reference/message-mapping-page.ts'
import { operationsCommandsPage } from './reference/operations-commands-page.ts'
import { settingsPage } from './reference/settings-page.ts'
import { stepsPage } from './reference/steps-page.ts'

/**
 * `npm run gen` writes `docs/reference` from the registries and settings; `npm run gen -- --check` fails, naming the pages,
 * when what is there is not what would be written.
 */
const directory = fileURLToPath(new URL('../docs/reference/', import.meta.url))

const pages: ReadonlyMap<string, string> = new Map([
  ['adapters.md', adaptersPage()],
  ['commands.md', commandsPage()],
  ['entity-sets.md', entitySetsPage()],
  ['errors.md', errorsPage()],
  ['expressions.md', expressionsPage()],
  ['flows.md', flowsPage()],
  ['message-mapping.md', messageMappingPage()],
  ['operations-commands.md', operationsCommandsPage()],
  ['settings.md', settingsPage()],
  ['steps.md', stepsPage()],
  ['test-file.schema.json', `${JSON.stringify(caseFileSchema, undefined, 2)}\n`],
])

async function stalePages(): Promise<string[]> {
  const present = await readdir(directory).catch(() => [])
  const stale = present.filter(name => !pages.has(name))
  for (const [name, text] of pages) {
    const current = await readFile(`${directory}${name}`, 'utf8').catch(() => undefined)
    if (current !== text) stale.push(name)
  }
  return stale
}

const stale = await stalePages()
if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    process.stderr.write(
      `Expected docs/reference to be up to date, found stale: ${stale.join(', ')}. Run "npm run gen".\n`,
    )
    process.exitCode = 1
  }
} else {
  await mkdir(directory, { recursive: true })
  for (const name of stale) if (!pages.has(name)) await rm(`${directory}${name}`)
  for (const [name, text] of pages) await writeFile(`${directory}${name}`, text)
  process.stdout.write(
    stale.length === 0 ? 'docs/reference was up to date\n' : `docs/reference: wrote ${stale.join(', ')}\n`,
  )
}
