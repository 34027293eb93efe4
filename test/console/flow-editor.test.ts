import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Locator } from 'playwright-core'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { Flows } from './flows.ts'

const page = '/design/packages/helloPackage/IntegrationFlow/hello'

describe('a person who edits a flow', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
    const flows = await Flows.start(person.server)
    await flows.tenant.importFlow('hello', fileURLToPath(new URL('../../examples/hello', import.meta.url)))
  })

  after(() => person.close())

  test('opens it from its artifact', async () => {
    await person.open(page)
    await person.page.getByRole('button', { name: 'Open flow editor' }).click()
    await person.page.getByRole('region', { name: 'Diagram of the flow' }).waitFor()
    await step('CallActivity_1').waitFor()
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
