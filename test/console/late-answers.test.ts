import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Request } from 'playwright-core'
import { type Person, signIn, sitDown, withoutChromium } from './browser.ts'
import { FlowCanvas } from './flow-canvas.ts'
import { Flows, https, rowOf } from './flows.ts'
import { computeSlowly } from './slow-network.ts'

const hello = '/design/packages/helloPackage/IntegrationFlow/hello'

describe('a person who is faster than the page or the server', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let flows: Flows

  before(async () => {
    person = await sitDown()
    flows = await Flows.start(person.server)
    await flows.tenant.importFlow('hello', fileURLToPath(new URL('../../examples/hello', import.meta.url)))
    const note = { Name: 'note.js', ResourceType: 'js', ResourceContent: '' }
    await flows.tenant.send(
      'POST',
      "/api/v1/IntegrationDesigntimeArtifacts(Id='hello',Version='active')/Resources",
      201,
      note,
    )
  })

  after(() => person.close())

  afterEach(() => person.page.unrouteAll({ behavior: 'wait' }))

  const button = (name: string) => person.page.getByRole('button', { name, exact: true })
  const dialog = () => person.page.getByRole('dialog', { name: 'Sign in' })
  const field = (name: string) => person.page.getByRole('textbox', { name, exact: true })

  /**
   * Keeps back the next such request, or what the server has answered to it; those after it are counted. `letGo` resolves when the
   * page has the answer.
   */
  async function keepBack(what: 'request' | 'answer', method: string, path: RegExp) {
    const { page } = person
    const isThere = Promise.withResolvers<void>()
    const isFree = Promise.withResolvers<void>()
    const isOver = Promise.withResolvers<void>()
    let kept: Request | undefined
    let count = 0
    const look = (request: Request) => request === kept && isOver.resolve()
    page.on('requestfinished', look).on('requestfailed', look)
    await page.route(path, async route => {
      const request = route.request()
      if (request.method() === method) count++
      if (kept || request.method() !== method) return route.fallback()
      kept = request
      const response = what === 'answer' ? await route.fetch() : undefined
      isThere.resolve()
      await isFree.promise
      // The page may have given it up.
      await (response ? route.fulfill({ response }) : route.continue()).catch(() => undefined)
    })
    const letGo = async () => {
      isFree.resolve()
      await isOver.promise
    }
    return { isThere: isThere.promise, letGo, count: () => count }
  }

  /** The session ends; the page notices, and the administrator signs in again. */
  const comeBackLater = async () => {
    const { page, server } = person
    await person.comeBack()
    await page.getByRole('heading', { name: /Your session has ended/ }).waitFor()
    await page.clock.setFixedTime(server.clock.now())
    await signIn(page, server.admin)
    await dialog().waitFor({ state: 'hidden' })
  }

  /** Changes the flow in the editor. */
  const moveStep = async () => {
    await person.page.getByRole('button', { name: 'Undo' }).waitFor()
    const canvas = new FlowCanvas(person.page)
    const { x, y } = await canvas.middle('CallActivity_1')
    await canvas.drag({ x, y }, { x: x + 40, y: y + 30 })
    await person.page.getByRole('button', { name: /^Discard/ }).waitFor()
  }

  test('is not asked to sign in again by an answer from before', async () => {
    const { page, server } = person
    await person.open('/monitor/messages')
    await page.getByText('No messages in this time.').waitFor()
    // Or it may be loaded a second time.
    await page.getByRole('checkbox', { name: 'Live update' }).click()
    server.clock.advance(31 * 60_000)
    const list = await keepBack('answer', 'GET', /\/MessageProcessingLogs\?/)
    await button('Refresh').click()
    await list.isThere
    await comeBackLater()
    const answered = page.waitForResponse(answer => answer.url().includes('/MessageProcessingLogs?') && answer.ok())
    await list.letGo()
    await answered
    await page.getByText('No messages in this time.').waitFor()
    assert.equal(await dialog().count(), 0)
  })

  test('finds the next dialog open when the answer to the one before comes', async () => {
    const { page } = person
    await person.open('/cockpit/trust/local-users/user?name=admin')
    const saving = await keepBack('answer', 'PUT', /\/users\/admin$/)
    await button('Edit').click()
    await field('Display name').fill('Admin A.')
    await button('Save').click()
    await saving.isThere
    await button('Cancel').click()
    await button('Reset Password').click()
    await page.getByLabel('Initial password').fill('typed')
    await saving.letGo()
    await page.getByText('Admin A.').waitFor()
    assert.equal(await page.getByLabel('Initial password').inputValue(), 'typed')
  })

  test('finds what was typed while the parameters were saved', async () => {
    const { page } = person
    await person.open(hello)
    const greeting = field('Greeting')
    await greeting.fill('one')
    const saving = await keepBack('answer', 'PUT', /\$links\/Configurations/)
    await button('Save parameters').click()
    await saving.isThere
    await greeting.fill('two')
    await saving.letGo()
    await page.getByText('Saved. Deploy').waitFor()
    assert.equal(await greeting.inputValue(), 'two')
  })

  test('holds the lock of what is changed again while it is let go', async () => {
    const { page } = person
    await person.open(`${hello}/resource?name=note.js&type=js`)
    const locks = (method: string) =>
      page.waitForResponse(
        answer => /\/IntegrationDesigntimeLocks/.test(answer.url()) && answer.request().method() === method,
      )
    const unlocking = await keepBack('request', 'DELETE', /\/IntegrationDesigntimeLocks/)
    await page.getByRole('textbox', { name: 'Content of note.js' }).click()
    const locked = locks('POST')
    await page.keyboard.type('x')
    await locked
    await page.keyboard.press('Control+z')
    await unlocking.isThere
    const lockedAgain = locks('POST')
    await page.keyboard.type('y')
    await page.getByText('Not saved', { exact: true }).waitFor()
    await unlocking.letGo()
    await lockedAgain
    const held = await flows.tenant.send('GET', '/api/v1/IntegrationDesigntimeLocks', 200)
    assert.match(held, /hello/)
    await page.keyboard.press('Control+z')
    await page.getByRole('button', { name: 'Save', disabled: true }).waitFor()
  })

  test('sees no row move by an answer that was on its way when they scrolled down', async () => {
    const { page, server } = person
    await flows.deploy('many', rowOf(https('/many'), []))
    for (let count = 0; count < 26; count++) await flows.call('many')
    await person.open('/monitor/messages?flow=many')
    await page.getByText('26 of 26').waitFor()
    const list = await keepBack('request', 'GET', /\/MessageProcessingLogs\?/)
    await list.isThere
    server.clock.advance(1_000)
    await flows.call('many')
    await page.getByText('26 of 26').scrollIntoViewIfNeeded()
    await page.getByRole('button', { name: '1 new message' }).waitFor()
    await list.letGo()
    await person.checkAccessibility()
    assert.equal(await page.getByText('26 of 26').count(), 1)
  })

  test('has all that was chosen looked for', async () => {
    const { page } = person
    await person.open('/cockpit/audit-log')
    await page.getByText('shown').waitFor()
    const speedUp = await computeSlowly(page, 20)
    for (const name of ['Period', 'Category', 'Outcome']) {
      await page.getByRole('combobox', { name, exact: true }).press('ArrowDown')
    }
    await speedUp()
    await page.waitForURL(/outcome=success/)
    assert.match(page.url(), /category=audit\.security-events/)
    assert.match(page.url(), /hours=1/)
  })

  test('types the next name while the one before is added', async () => {
    const { page } = person
    await person.open('/cockpit/authorizations/groups')
    const name = page.getByRole('textbox', { name: 'New group' })
    const adding = await keepBack('answer', 'POST', /\/groups$/)
    await name.fill('First')
    await page.keyboard.press('Enter')
    await adding.isThere
    await page.keyboard.press('Enter')
    await name.fill('Second')
    await adding.letGo()
    assert.equal(adding.count(), 1)
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
    const assigning = await keepBack('answer', 'PUT', /\/users\/roles/)
    await page.getByRole('button', { name: 'Assign', exact: true }).click()
    await assigning.isThere
    await choose('Role', 'AuthGroup.BusinessExpert')
    await assigning.letGo()
    await page.getByRole('row', { name: /devtmn AuthGroup\.IntegrationDeveloper/ }).waitFor()
    await page.getByRole('combobox', { name: 'Role', exact: true }).getByText('AuthGroup.BusinessExpert').waitFor()
  })

  test('saves a flow twice, and is not taken for somebody else', async () => {
    const { page } = person
    await person.open(`${hello}/flow`)
    await moveStep()
    const saving = await keepBack('answer', 'PUT', /IntegrationDesigntimeArtifacts/)
    await page.keyboard.press('Control+s')
    await saving.isThere
    await page.keyboard.press('Control+s')
    await page.getByRole('button', { name: 'Deploy', exact: true }).click()
    await saving.letGo()
    assert.equal(saving.count(), 1)
    await page.getByRole('status').getByText('STARTED').waitFor()
    assert.equal(await page.getByRole('alertdialog').count(), 0)
  })

  test('draws on while something that was begun elsewhere ends', async () => {
    const { page } = person
    await person.open('/monitor/number-ranges')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('orders')
    const creating = await keepBack('answer', 'POST', /NumberRanges/)
    await page.locator('ui5-dialog').getByRole('button', { name: 'Create' }).click()
    await creating.isThere
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await person.follow(`${hello}/flow`)
    await moveStep()
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    const refreshed = page.waitForResponse(/IntegrationDesigntimeArtifacts\(/)
    await creating.letGo()
    await refreshed
    assert.deepEqual(
      asked.filter(url => url.includes('$value')),
      [],
    )
    await page.getByRole('button', { name: /^Discard/ }).waitFor()
  })

  test('sends what was refused before the sign-in as who signed in since', async () => {
    const { page, server } = person
    await person.open(hello)
    await field('Greeting').fill('Hi')
    server.clock.advance(31 * 60_000)
    const saving = await keepBack('answer', 'PUT', /\$links\/Configurations/)
    await button('Save parameters').click()
    await saving.isThere
    await comeBackLater()
    await saving.letGo()
    await page.getByRole('alert').getByText('Authentication is needed.').waitFor()
    assert.equal(saving.count(), 1)
    assert.equal(await dialog().count(), 0)
    await button('Save parameters').click()
    await page.getByText('Saved. Deploy').waitFor()
  })
})
