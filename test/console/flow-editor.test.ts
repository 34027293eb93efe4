import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Locator } from 'playwright-core'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { readFlowFile, writeFlowFile } from './flow-file.ts'
import { Flows } from './flows.ts'

const page = '/design/packages/helloPackage/IntegrationFlow/hello'

describe('a person who edits a flow', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let flows: Flows

  before(async () => {
    person = await sitDown()
    flows = await Flows.start(person.server)
    await flows.tenant.importFlow('hello', fileURLToPath(new URL('../../examples/hello', import.meta.url)))
  })

  after(() => person.close())

  test('opens it from its artifact', async () => {
    await person.open(page)
    await person.page.getByRole('button', { name: 'Open flow editor' }).click()
    await person.page.getByRole('region', { name: 'Diagram of the flow' }).waitFor()
    await step('CallActivity_1').waitFor()
    // With the tools the diagram gets its place.
    await person.page.getByRole('button', { name: 'Undo' }).waitFor()
    await person.checkAccessibility()
  })

  test('moves a step, takes it back, and does it again', async () => {
    const { mouse } = person.page
    const moved = step('CallActivity_1')
    const from = await middleOf(moved)
    await mouse.move(from.x, from.y)
    await mouse.down()
    await mouse.move(from.x + 10, from.y + 10)
    await mouse.move(from.x + 40, from.y + 30, { steps: 4 })
    await mouse.up()
    const to = await middleOf(moved)
    assert.ok(to.x - from.x > 20, `Expected the step to be moved, found it at ${to.x} after ${from.x}`)
    await person.page.getByRole('button', { name: 'Undo' }).click()
    assert.deepEqual(await middleOf(moved), from)
    await person.page.getByRole('button', { name: 'Redo' }).click()
    assert.deepEqual(await middleOf(moved), to)
  })

  test('saves it: the file differs in what was moved only', async () => {
    const before = await flowText()
    await person.page.keyboard.press('Control+s')
    await person.page.getByText('Draft').waitFor()
    const after = await flowText()
    assert.notEqual(after, before)
    const places = /<(dc:Bounds|di:waypoint) /
    const rest = (text: string) => text.split('\n').filter(line => !places.test(line))
    assert.deepEqual(rest(after), rest(before))
    await person.page.getByRole('button', { name: 'Save as version' }).click()
    await person.page.getByRole('textbox', { name: 'Version' }).fill('1.0.1')
    await person.checkAccessibility()
    await person.page.locator('ui5-dialog').getByRole('button', { name: 'Save', exact: true }).click()
    await person.page.getByText('Version 1.0.1').waitFor()
  })

  test('is asked before leaving what is not saved', async () => {
    await person.page.getByRole('button', { name: 'Undo' }).click()
    await person.page.getByRole('button', { name: 'Back to the artifact' }).click()
    await person.page.getByText('was changed since it was saved last').waitFor()
    await person.checkAccessibility()
    await person.page.getByRole('button', { name: 'Cancel' }).click()
    await person.page.getByText('was changed since it was saved last').waitFor({ state: 'detached' })
    await step('CallActivity_1').waitFor()
    assert.match(person.page.url(), /flow$/)
  })

  test('is told who has changed it in the meantime, and loses nothing', async () => {
    const theirs = (await flowText()).replace('name="Set greeting"', 'name="Set another greeting"')
    await writeFlowFile(flows.tenant, 'hello', theirs)
    await person.page.getByRole('button', { name: 'Save', exact: true }).click()
    await person.page.getByRole('alertdialog', { name: 'Changed by somebody else' }).waitFor()
    await person.checkAccessibility()
    await person.page.getByRole('button', { name: 'Go on editing' }).click()
    assert.equal(await flowText(), theirs)
    await person.page.getByRole('button', { name: 'Save', exact: true }).click()
    await person.page.getByRole('button', { name: 'Overwrite theirs' }).click()
    await person.page.getByRole('button', { name: 'Discard changes' }).waitFor({ state: 'detached' })
    await person.page.getByText('Draft').waitFor()
    assert.ok(!(await flowText()).includes('Set another greeting'))
  })

  test('deploys it and sees it start', async () => {
    await person.page.getByRole('button', { name: 'Deploy', exact: true }).click()
    await person.page.getByRole('status').getByText('STARTED').waitFor()
  })

  test('looks at a saved version, which cannot be changed', async () => {
    await person.open(`${page}/flow?version=1.0.1`)
    await step('CallActivity_1').waitFor()
    await person.page.getByText('Read only').waitFor()
    assert.equal(await person.page.getByRole('button', { name: 'Save', exact: true }).count(), 0)
    await person.checkAccessibility()
  })

  function flowText(): Promise<string> {
    return readFlowFile(flows.tenant, 'hello')
  }

  /** The drawing of an element. */
  function step(id: string): Locator {
    return person.page.locator(`[data-element-id="${id}"] .djs-visual`)
  }
})

async function middleOf(drawing: Locator): Promise<{ x: number; y: number }> {
  const box = await drawing.boundingBox()
  if (!box) throw new Error('Expected the element to be drawn')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
