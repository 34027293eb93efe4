import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Request } from 'playwright-core'
import { type Person, signIn, sitDown, withoutChromium } from './browser.ts'
import { Flows, https, rowOf } from './flows.ts'

describe('a person who is quicker than the server', { skip: withoutChromium ?? false }, () => {
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
  const field = (name: string) => person.page.getByRole('textbox', { name, exact: true })

  /** Keeps back the next such request, or what the server has answered to it. `letGo` resolves when the page has the answer. */
  async function keepBack(what: 'request' | 'answer', method: string, path: RegExp) {
    const { page } = person
    const isThere = Promise.withResolvers<void>()
    const isFree = Promise.withResolvers<void>()
    const isOver = Promise.withResolvers<void>()
    let kept: Request | undefined
    const look = (request: Request) => request === kept && isOver.resolve()
    page.on('requestfinished', look).on('requestfailed', look)
    await page.route(path, async route => {
      const request = route.request()
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
    return { isThere: isThere.promise, letGo }
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
    await person.comeBack()
    await page.getByRole('heading', { name: /Your session has ended/ }).waitFor()
    await signIn(page, server.admin)
    const dialog = page.getByRole('dialog', { name: 'Sign in' })
    await dialog.waitFor({ state: 'hidden' })
    const answered = page.waitForResponse(answer => answer.url().includes('/MessageProcessingLogs?') && answer.ok())
    await list.letGo()
    await answered
    await page.getByText('No messages in this time.').waitFor()
    assert.equal(await dialog.count(), 0)
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
    await person.open('/design/packages/helloPackage/IntegrationFlow/hello')
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
    await person.open('/design/packages/helloPackage/IntegrationFlow/hello/resource?name=note.js&type=js')
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
})
