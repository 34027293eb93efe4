import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'

/** One pixel. */
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

describe('a person who makes the pages look like the company', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
  })

  after(() => person.close())

  const button = (name: string) => person.page.getByRole('button', { name, exact: true })
  const field = (name: string) => person.page.getByRole('textbox', { name, exact: true })
  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    person.page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer })

  test('chooses colours and is told when a text can hardly be read', async () => {
    const { page } = person
    await person.open('/cockpit/oauth/branding')
    await page.getByRole('heading', { name: 'Branding', exact: true }).waitFor()
    await person.checkAccessibility()
    await page.getByRole('combobox', { name: 'Theme' }).press('Space')
    await page.getByRole('option', { name: 'Custom' }).click()
    assert.equal(await field('Button').inputValue(), '#007CC0')
    await field('Button').fill('blue')
    await page.getByRole('alert').filter({ hasText: 'Enter # and six hexadecimal digits' }).waitFor()
    await field('Button').fill('#FFCC00')
    await page.getByText('The text of buttons is hard to read: its contrast is 1.5').waitFor()
    await person.checkAccessibility()
    await field('Button').fill('#C02020')
    await page.getByText('The text of buttons is hard to read').waitFor({ state: 'detached' })
    await field('Background').fill('#203040')
  })

  test('reads at the field why a link is not accepted, with all that was typed', async () => {
    const { page } = person
    await field('Privacy Policy').fill('javascript:alert(1)')
    await field('Terms of Use').fill('https://example.com/terms')
    await button('Save').click()
    await page.getByRole('alert').filter({ hasText: 'Expected "Privacy Policy" to be an http or https URL' }).waitFor()
    assert.equal(await field('Terms of Use').inputValue(), 'https://example.com/terms')
    await person.checkAccessibility()
    await field('Privacy Policy').fill('')
    await button('Save').click()
    await page.getByText('Saved').waitFor()
  })

  test('uploads a logo, which must be an image', async () => {
    const { page } = person
    await choose('logo.png', 'image/png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
    await page.getByRole('alert').filter({ hasText: 'Expected the logo as PNG, JPEG, GIF or WebP' }).waitFor()
    await choose('logo.gif', 'image/gif', gif)
    await page.getByRole('img', { name: 'Logo' }).waitFor()
    // While it fades, what it says can hardly be read.
    await page.getByText('Saved').waitFor({ state: 'hidden' })
    await person.checkAccessibility()
  })

  test('sees all of it on the sign-in page', async () => {
    const { page, server } = person
    await page.context().clearCookies()
    await page.goto('/monitor')
    await page.getByRole('link', { name: 'Terms of Use' }).waitFor()
    await button('Sign in').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Privacy Policy' }).count(), 0)
    assert.equal(await page.getByRole('link', { name: 'Terms of Use' }).getAttribute('rel'), 'noreferrer noopener')
    const colors = await page.evaluate<string[]>(
      `['main > *', '[ui5-button]'].map(selector => getComputedStyle(document.querySelector(selector)).backgroundColor)`,
    )
    assert.deepEqual(colors, ['rgb(32, 48, 64)', 'rgb(192, 32, 32)'])
    const logo = await page.evaluate<string>(`document.querySelector('main img').getAttribute('src')`)
    assert.deepEqual(Buffer.from(await (await fetch(server.url + logo)).arrayBuffer()), gif)
    await person.checkAccessibility()
  })

  test('resets everything after being told what goes', async () => {
    const { page } = person
    await person.open('/cockpit/oauth/branding')
    await button('Reset: Branding').click()
    await page.getByText('Colours, logo and legal links are deleted.').waitFor()
    await button('Reset').click()
    await page.getByText('No logo').waitFor()
    assert.equal(await field('Terms of Use').inputValue(), '')
    assert.equal(await field('Background').count(), 0)
  })
})
