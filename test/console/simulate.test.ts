import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { listZip } from '@sluice/iflow/zip'
import type { Locator } from 'playwright-core'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { Flows } from './flows.ts'
import { importSimulatedFlow } from './simulated-flow.ts'

const address = '/design/packages/simulatedPackage/IntegrationFlow/simulated/flow'
const stored = '<script>document.title = "run"</script>'

describe('a person who tries a flow before it is deployed', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let flows: Flows

  before(async () => {
    person = await sitDown()
    flows = await Flows.start(person.server)
    await importSimulatedFlow(flows)
    await person.open(address)
    await tab('Properties').waitFor()
  })

  after(() => person.close())

  test('sees that nothing is wrong with it', async () => {
    await tab('Problems').click()
    await person.page.getByText('There are no problems.').waitFor()
    await person.checkAccessibility()
  })

  test('sees what is wrong as soon as it is, on the diagram and in the list, and goes to it', async () => {
    await drawing('Channel-Ask').click()
    await person.page.keyboard.press('Delete')
    await tab('Problems (1)').click()
    const problem = person.page.getByRole('button', { name: /^Expected/ })
    const mark = person.page.getByRole('button', { name: /^(Error|Warning): Expected/ })
    await mark.waitFor()
    assert.match((await mark.getAttribute('title')) ?? '', /^(Error|Warning): Expected/)
    await person.checkAccessibility()
    await problem.click()
    await person.page.getByRole('heading', { name: /Request Reply/ }).waitFor()
    await person.page.getByRole('button', { name: 'Undo' }).click()
    await tab('Problems').waitFor()
  })

  test('sends a message through it, and steps through what became of it', async () => {
    await tab('Simulation').click()
    await person.page.getByRole('textbox', { name: 'Body' }).fill(stored)
    await person.page.getByRole('button', { name: 'Add header' }).click()
    await person.page.getByRole('textbox', { name: 'Headers: name 1' }).fill('kind')
    await person.page.getByRole('textbox', { name: 'Headers: value 1' }).fill(stored)
    await person.checkAccessibility()
    await run()
    const steps = person.page.getByRole('listbox', { name: 'Steps that ran' })
    await steps.getByRole('option').nth(4).waitFor()
    assert.deepEqual(await steps.getByRole('option').allInnerTexts(), [
      'Start\n0 ms',
      'Make the order\n0 ms',
      'Ask the shop\n0 ms',
      'Mark the answer\n0 ms',
      'End\n0 ms',
    ])
    await steps.focus()
    await person.page.keyboard.press('ArrowDown')
    await body('after', `<order>${stored}</order>`).waitFor()
    await body('before', stored).waitFor()
    await person.checkAccessibility()
    await person.page.getByRole('button', { name: 'Next step', exact: true }).click()
    await person.page.getByRole('button', { name: 'Next step', exact: true }).click()
    await person.page.getByText('Step 4 of 5').waitFor()
    await person.page.getByText('marked', { exact: true }).waitFor()
    await person.page.getByText(stored, { exact: true }).first().waitFor()
    assert.doesNotMatch(await person.page.title(), /^run/)
  })

  test('finds the messages on the diagram', async () => {
    await person.page.getByRole('button', { name: 'Message at Make the order' }).click()
    await person.page.getByText('Step 2 of 5').waitFor()
  })

  test('says what receivers answer, and where to end', async () => {
    await view('Receivers').click()
    await person.page.getByRole('combobox', { name: /^Answer of/ }).selectOption('A failure')
    await person.page.getByRole('textbox', { name: /^Failure/ }).fill('No connection')
    await person.checkAccessibility()
    await run()
    await person.page.getByText(/^FAILED/).waitFor()
    await person.page.getByRole('button', { name: /^Message at Ask the shop, which failed: No connection/ }).waitFor()
    await view('Receivers').click()
    await person.page.getByRole('combobox', { name: /^Answer of/ }).selectOption('A reply')
    await person.page.getByRole('textbox', { name: /^Body: / }).fill('sold')
    // A click on what is selected would take it out of the selection.
    await drawing('Mark').click()
    await drawing('Ask').click()
    await person.page.getByRole('button', { name: 'End at selection' }).click()
    await run()
    await person.page.getByText('Step 1 of 3').waitFor()
    await person.page.getByRole('listbox').getByRole('option', { name: 'Ask the shop 0 ms' }).click()
    await body('after', 'sold').waitFor()
    await view('Calls').click()
    await person.page.getByText('POST https://shop.example/orders').waitFor()
    await person.checkAccessibility()
  })

  test('finds what was typed after a reload, and keeps it as a test case', async () => {
    await person.open(address)
    await tab('Simulation').click()
    await person.page.getByRole('combobox', { name: 'End' }).selectOption('End of the flow')
    assert.equal(await person.page.getByRole('textbox', { name: 'Body' }).inputValue(), stored)
    await run()
    const saved = person.page.waitForEvent('download')
    await person.page.getByRole('button', { name: 'Save as test case' }).click()
    const file = await (await saved).path()
    const text = await readFile(file, 'utf8')
    const { send, receivers, expect } = JSON.parse(text)
    assert.deepEqual([send.to, send.body, expect.status], ['Main', stored, 'COMPLETED'])
    assert.deepEqual(receivers, { 'Channel-Ask': { status: 200, headers: {}, body: 'sold' } })
    assert.match(await runCase(await flows.tenant.downloadFlow('simulated'), text), /1 of 1 cases passed/)
    await person.page.getByRole('button', { name: 'Clear simulation' }).click()
    await person.page
      .getByRole('button', { name: /^Message at/ })
      .first()
      .waitFor({ state: 'detached' })
  })

  const tab = (name: string): Locator => person.page.getByRole('option', { name, exact: true })
  const view = (name: string): Locator => person.page.getByRole('option', { name, exact: true })
  const body = (when: 'before' | 'after', text: string): Locator =>
    person.page.getByRole('region', { name: `Body ${when}` }).getByText(text, { exact: true })
  const run = (): Promise<void> => person.page.getByRole('button', { name: 'Run simulation' }).click()

  /** Where an element is clicked. */
  function drawing(id: string): Locator {
    return person.page.locator(`[data-element-id="${id}"] > .djs-hit`).first()
  }
})

/** What `sluice test` says of a case in an unpacked artifact. */
async function runCase(zip: Uint8Array, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-case-'))
  const files = await Promise.all(listZip(zip).map(async entry => [entry.name, await entry.read()] as const))
  for (const [name, content] of [...files, ['case.test.yaml', text] as const]) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  const command = fileURLToPath(new URL('../../packages/server/bin/sluice.js', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [command, 'test', folder])
  await rm(folder, { recursive: true })
  return stdout
}
