import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { FlowCanvas } from './flow-canvas.ts'
import { readFlowFile } from './flow-file.ts'
import { Flows } from './flows.ts'

const sluice = fileURLToPath(new URL('../../packages/server/bin/sluice.js', import.meta.url))

describe('a person who draws a flow', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let flows: Flows
  let canvas: FlowCanvas

  before(async () => {
    person = await sitDown()
    flows = await Flows.start(person.server)
    canvas = new FlowCanvas(person.page)
  })

  after(() => person.close())

  test('begins with a new flow', async () => {
    const { page } = person
    await person.open('/design')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('drawn')
    await page.getByRole('textbox', { name: 'ID' }).fill('drawnPackage')
    await page.locator('ui5-dialog').getByRole('button', { name: 'Create' }).click()
    await page.getByRole('button', { name: 'Add artifact' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('drawn')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('link', { name: 'drawn' }).click()
    await page.getByRole('button', { name: 'Open flow editor' }).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    await page.getByRole('button', { name: 'Fit to view' }).click()
  })

  test('adds a sender, connects it, and says which adapter and where it listens', async () => {
    const { page } = person
    for (const id of ['Participant_1', 'Participant_2']) {
      await canvas.select(id)
      await page.keyboard.press('Delete')
      await canvas.drawing(id).waitFor({ state: 'detached' })
    }
    const start = await canvas.middle('StartEvent_1')
    await canvas.add('Sender', { x: start.x - 160, y: start.y + 20 })
    const [sender = ''] = (await canvas.ids('Participant')).filter(id => id !== 'Participant_Process_1')
    await canvas.connect(sender, 'EndEvent_1')
    await page.getByText('A sender is connected with the start message event').waitFor()
    await canvas.connect(sender, 'StartEvent_1')
    await person.checkAccessibility()
    await page.getByRole('button', { name: /^HTTPS/ }).click()
    await setField('Connection', 'Address', '/drawn')
    await page.getByRole('checkbox', { name: 'CSRF Protected' }).click()
  })

  test('adds a Content Modifier, and a Router with two ways', async () => {
    await canvas.append('StartEvent_1', 'Content Modifier')
    const [greeting = ''] = await canvas.ids('CallActivity')
    await setField('General', 'Name', 'Say <script>alert(1)</script>')
    await canvas.append(greeting, 'Router')
    const [router = ''] = await canvas.ids('ExclusiveGateway')
    await canvas.append(router, 'Content Modifier')
    await setField('Message Body', 'Body', 'How large!')
    const shout = (await canvas.ids('CallActivity')).find(id => id !== greeting) ?? ''
    await canvas.connect(shout, 'EndEvent_1')
    await canvas.select('SequenceFlow_3_label')
    await setField('Processing', 'Condition', "${in.body} = 'large'")
  })

  test('deploys it without saving first, and it answers by both ways', async () => {
    const { page } = person
    await page.getByRole('button', { name: 'Deploy', exact: true }).click()
    await page.getByRole('status').getByText('STARTED').waitFor()
    assert.equal((await flows.call('drawn', 'small')).text, 'small')
    assert.equal((await flows.call('drawn', 'large')).text, 'How large!')
    await person.checkAccessibility()
  })

  test('has a file that `sluice check` finds nothing wrong with, with what the registry says of each step', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-drawn-'))
    try {
      const zip = join(folder, 'drawn.zip')
      await writeFile(zip, await flows.tenant.downloadFlow('drawn'))
      const { stdout } = await promisify(execFile)(process.execPath, [sluice, 'check', '--json', zip])
      const report = JSON.parse(stdout) as { readonly flows: readonly object[] }
      assert.deepEqual(report.flows, [
        { source: zip, id: 'drawn', supported: true, diagnostics: [], mocked: [], needsValues: [] },
      ])
    } finally {
      await rm(folder, { recursive: true })
    }
    const text = await readFlowFile(flows.tenant, 'drawn')
    assert.match(text, /name="Say &lt;script&gt;alert\(1\)&lt;\/script&gt;"/)
    assert.doesNotMatch(text, /isExpanded|BPMNLabel/)
  })

  test('copies a step into another flow, with all its properties', async () => {
    const { page } = person
    await flows.tenant.importFlow('hello', fileURLToPath(new URL('../../examples/hello', import.meta.url)))
    await person.open('/design/packages/helloPackage/IntegrationFlow/hello/flow')
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    await canvas.select('CallActivity_1')
    await page.keyboard.press('Control+c')
    await person.open('/design/packages/drawnPackage/IntegrationFlow/drawn/flow')
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    await canvas.select('EndEvent_1')
    const { x, y } = await canvas.middle('StartEvent_1')
    await page.keyboard.press('Control+v')
    await page.mouse.move(x, y + 70)
    await page.mouse.move(x + 10, y + 75)
    await page.mouse.click(x + 10, y + 75)
    const discard = page.getByRole('button', { name: 'Discard changes' })
    await discard.waitFor()
    await page.keyboard.press('Control+s')
    await discard.waitFor({ state: 'detached' })
    assert.match(await readFlowFile(flows.tenant, 'drawn'), /<value>{{Greeting}}, world!<\/value>/)
  })

  /** Types into a field of the property sheet. */
  async function setField(tab: string, field: string, value: string): Promise<void> {
    const sheet = person.page.getByRole('region', { name: 'Properties', exact: true })
    await sheet.getByRole('tab', { name: tab, exact: true }).click()
    await sheet.getByRole('textbox', { name: field, exact: true }).fill(value)
    await person.page.keyboard.press('Tab')
  }
})
