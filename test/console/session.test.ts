import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Person, signIn, sitDown, withoutChromium } from './browser.ts'

describe('a person who signs in', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
  })

  after(() => person.close())

  test('is told when name or password is missing or wrong, and what was typed stays', async () => {
    const { page, server } = person
    await page.goto('/monitor/messages?period=week')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').getByText('Enter user name and password.').waitFor()
    await signIn(page, { user: server.admin.user, password: 'wrong' })
    await page.getByRole('alert').getByText('User name or password is wrong.').waitFor()
    assert.equal(await page.getByRole('textbox', { name: 'User name' }).inputValue(), server.admin.user)
    await person.checkAccessibility()
  })

  test('gets the page that was asked for', async () => {
    const { page, server } = person
    await signIn(page, server.admin)
    await page.getByRole('heading', { name: 'Message processing' }).waitFor()
    assert.match(page.url(), /\/monitor\/messages\?period=week$/)
    // Browsers get the title after the page.
    await page.waitForFunction(`document.title === 'Message processing – Sluice'`)
    await page.getByText('No messages in this time.').waitFor()
    await person.checkAccessibility()
  })

  test('goes on after the session has ended, with everything that was typed', async () => {
    const { page, server } = person
    const flow = page.getByRole('textbox', { name: 'Integration flow' })
    await flow.fill('my flow')
    server.clock.advance(31 * 60_000)
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.getByRole('heading', { name: /Your session has ended/ }).waitFor()
    await signIn(page, server.admin)
    await page.getByRole('dialog', { name: 'Sign in' }).waitFor({ state: 'hidden' })
    assert.equal(await flow.inputValue(), 'my flow')
  })

  test('signs out, and is signed out', async () => {
    const { page } = person
    await page.getByRole('button', { name: 'admin' }).click()
    await page.getByRole('button', { name: 'Sign Out' }).click()
    await page.getByRole('textbox', { name: 'User name' }).waitFor()
    await page.goto('/monitor')
    await page.getByRole('textbox', { name: 'User name' }).waitFor()
  })
})
