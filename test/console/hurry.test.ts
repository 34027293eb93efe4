import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Tenant } from '../tenant.ts'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { FlowCanvas } from './flow-canvas.ts'

const hello = '/design/packages/helloPackage/IntegrationFlow/hello'

describe('a person who is faster than the page or the server', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
    const tenant = new Tenant({ url: person.server.url, ...person.server.admin })
    await tenant.importFlow('hello', fileURLToPath(new URL('../../examples/hello', import.meta.url)))
  })

  after(() => person.close())

  /** Holds back the answers to calls of a method at addresses: `release` lets them come, and says how many there were. */
  const hold = async (method: string, address: RegExp) => {
    const held: (() => Promise<void>)[] = []
    let isReleased = false
    const { promise: first, resolve } = Promise.withResolvers<void>()
    await person.page.route(address, async route => {
      if (isReleased || route.request().method() !== method) return route.fallback()
      const response = await route.fetch()
      held.push(() => route.fulfill({ response }))
      resolve()
    })
    return {
      /** Resolves when there is one. */
      first,
      release: async () => {
        isReleased = true
        await Promise.all(held.map(go => go()))
        return held.length
      },
    }
  }

  /** Has the page compute so many times slower. */
  const slowDown = async (rate: number) => {
    const session = await person.page.context().newCDPSession(person.page)
    await session.send('Emulation.setCPUThrottlingRate', { rate })
  }

  /** Changes the flow in the editor. */
  const moveStep = async () => {
    await person.page.getByRole('button', { name: 'Undo' }).waitFor()
    const canvas = new FlowCanvas(person.page)
    const { x, y } = await canvas.middle('CallActivity_1')
    await canvas.drag({ x, y }, { x: x + 40, y: y + 30 })
    await person.page.getByRole('button', { name: /^Discard/ }).waitFor()
  }

  test('has all that was chosen looked for', async () => {
    const { page } = person
    await person.open('/cockpit/audit-log')
    await page.getByText('shown').waitFor()
    await slowDown(20)
    for (const name of ['Period', 'Category', 'Outcome']) {
      await page.getByRole('combobox', { name, exact: true }).press('ArrowDown')
    }
    await slowDown(1)
    await page.waitForURL(/outcome=success/)
    assert.match(page.url(), /category=audit\.security-events/)
    assert.match(page.url(), /hours=1/)
  })

  test('types the next name while the one before is added', async () => {
    const { page } = person
    await person.open('/cockpit/authorizations/groups')
    const name = page.getByRole('textbox', { name: 'New group' })
    const adding = await hold('POST', /\/groups$/)
    await name.fill('First')
    await page.keyboard.press('Enter')
    await adding.first
    await page.keyboard.press('Enter')
    await name.fill('Second')
    assert.equal(await adding.release(), 1)
    await page.getByRole('link', { name: 'First' }).waitFor()
    assert.equal(await name.inputValue(), 'Second')
  })

  test('chooses the next role while the one before is assigned', async () => {
    const { page } = person
    await person.open('/cockpit/authorizations/users?user=jane')
    const choose = async (list: string, option: string) => {
      await page.getByRole('combobox', { name: list, exact: true }).press('Space')
      await page.getByRole('option', { name: option, exact: true }).click()
    }
    await choose('Application', 'devtmn')
    await choose('Role', 'AuthGroup.IntegrationDeveloper')
    const assigning = await hold('PUT', /\/users\/roles/)
    await page.getByRole('button', { name: 'Assign', exact: true }).click()
    await assigning.first
    await choose('Role', 'AuthGroup.BusinessExpert')
    await assigning.release()
    await page.getByRole('row', { name: /devtmn AuthGroup\.IntegrationDeveloper/ }).waitFor()
    await page.getByRole('combobox', { name: 'Role', exact: true }).getByText('AuthGroup.BusinessExpert').waitFor()
  })

  test('saves a flow twice, and is not taken for somebody else', async () => {
    const { page } = person
    await person.open(`${hello}/flow`)
    await moveStep()
    const saving = await hold('PUT', /IntegrationDesigntimeArtifacts/)
    await page.keyboard.press('Control+s')
    await saving.first
    await page.keyboard.press('Control+s')
    await page.getByRole('button', { name: 'Deploy', exact: true }).click()
    assert.equal(await saving.release(), 1)
    await page.getByRole('status').getByText('STARTED').waitFor()
    assert.equal(await page.getByRole('alertdialog').count(), 0)
  })

  test('draws on while something that was begun elsewhere ends', async () => {
    const { page } = person
    await person.open('/monitor/number-ranges')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('orders')
    const creating = await hold('POST', /NumberRanges/)
    await page.locator('ui5-dialog').getByRole('button', { name: 'Create' }).click()
    await creating.first
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await person.follow(`${hello}/flow`)
    await moveStep()
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    const refreshed = page.waitForResponse(/IntegrationDesigntimeArtifacts\(/)
    await creating.release()
    await refreshed
    assert.deepEqual(
      asked.filter(url => url.includes('$value')),
      [],
    )
    await page.getByRole('button', { name: /^Discard/ }).waitFor()
  })
})
