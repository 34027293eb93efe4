import assert from 'node:assert/strict'
import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { identifyStep } from '@sluice/iflow'
import { type FlowModel, parseIflow } from '@sluice/iflow/bpmn'
import { findArtifacts, readArtifact } from '@sluice/server'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { readFlowFile } from './flow-file.ts'
import { Flows } from './flows.ts'

const recipes = join(process.env.SLUICE_CORPUS ?? '', 'Recipes/for')
const hasCorpus = Boolean(process.env.SLUICE_CORPUS) && existsSync(recipes)
const count = 25
const typed = 'typed by a test: <a> & "b"'

interface Flow {
  readonly id: string
  readonly zip: Uint8Array
}

/**
 * Flows that others have drawn: as many of the published ones, evenly from all of them, where they are there; the example
 * with a diagram otherwise.
 */
async function chooseFlows(): Promise<readonly Flow[]> {
  const example = fileURLToPath(new URL('../../examples/hello', import.meta.url))
  if (!hasCorpus) return [{ id: 'hello', zip: await readArtifact(example) }]
  const flows = new Map<string, Flow>()
  for (const path of globSync('**/*.{zip,jar}', { cwd: recipes }).sort()) {
    for await (const { type = 'IFlow', open, zip } of findArtifacts(join(recipes, path))) {
      const { bundle } = type === 'IFlow' ? await open() : { bundle: undefined }
      if (bundle?.flow && stepToEdit(bundle.flow.text)) flows.set(bundle.id, { id: bundle.id, zip: await zip() })
    }
  }
  const all = [...flows.values()]
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]).flatMap(
    flow => flow ?? [],
  )
}

/** A Content Modifier whose body is a constant or an expression. */
function stepToEdit(text: string): string | undefined {
  const { document } = parseIflow(text, 'flow.iflw')
  return document && nodesOf(document.model).find(node => identifyStep(node) === 'Enricher')?.id
}

function nodesOf({ processes }: FlowModel) {
  return processes
    .flatMap(process => [process, ...process.exceptionSubprocesses])
    .flatMap(({ nodes }) => [...nodes.values()])
    .filter(({ properties }) => properties.has('bodyType'))
}

/** Tests that edit one of `parts` parts of the flows in the editor: what is saved differs in nothing but that. */
export function testRoundTrips(part: number, parts: number): void {
  const isEmpty = part > 0 && !hasCorpus
  const skip = withoutChromium ?? (isEmpty && 'no SLUICE_CORPUS: see "Real flows" in CONTRIBUTING.md')
  describe('a person who edits flows of others', { skip }, () => roundTrips(part, parts))
}

async function roundTrips(part: number, parts: number): Promise<void> {
  let person: Person
  let flows: Flows
  const all = withoutChromium || (part > 0 && !hasCorpus) ? [] : await chooseFlows()
  const chosen = all.filter((_, index) => index % parts === part)

  before(async () => {
    person = await sitDown()
    flows = await Flows.start(person.server)
    await flows.tenant.send('POST', '/api/v1/IntegrationPackages', 201, { Id: 'corpus', Name: 'c', ShortText: 'c' })
  })

  after(() => person.close())

  test('has enough of them', () => assert.equal(all.length, hasCorpus ? count : 1))

  for (const { id, zip } of chosen) {
    test(`changes the body of a step of ${id}, and nothing else`, async () => {
      const { page } = person
      const ArtifactContent = Buffer.from(zip).toString('base64')
      const set = '/api/v1/IntegrationDesigntimeArtifacts'
      await flows.tenant.send('POST', set, 201, { PackageId: 'corpus', ArtifactContent })
      const before = await readFlowFile(flows.tenant, id)
      const step = stepToEdit(before) ?? ''
      await person.open(`/design/packages/corpus/IntegrationFlow/${encodeURIComponent(id)}/flow`)
      await page.getByRole('button', { name: 'Find an element' }).click()
      await page.getByRole('searchbox', { name: 'Search', exact: true }).fill(step)
      await page.keyboard.press('Enter')
      const sheet = page.getByRole('region', { name: 'Properties', exact: true })
      await sheet.getByText(step, { exact: true }).waitFor()
      await sheet.getByRole('tab', { name: 'Message Body', exact: true }).click()
      await sheet.getByRole('textbox', { name: 'Body', exact: true }).click()
      await page.keyboard.press('Control+a')
      await page.keyboard.press('Delete')
      await page.keyboard.insertText(typed)
      await page.keyboard.press('Control+s')
      await page.getByText('Draft').first().waitFor()
      const expected = parseIflow(before, 'flow.iflw').document?.withProperty(step, 'wrapContent', typed).text
      assert.equal(await readFlowFile(flows.tenant, id), expected)
    })
  }
}
