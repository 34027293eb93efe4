import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'
import { allowClipboard, copy } from './clipboard.ts'

describe('a person who lets scripts administer the server', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
    await allowClipboard(person.page)
  })

  after(() => person.close())

  test('copies the URLs of the authorization server', async () => {
    const { page, server } = person
    await person.open('/cockpit/oauth/branding')
    await page.getByRole('heading', { name: 'OAuth URLs' }).waitFor()
    assert.equal(await copy(page, 'Copy: Token Endpoint'), `${server.url}/oauth2/api/v1/token`)
    await person.checkAccessibility()
  })

  test('is told how to begin where there is no API client, and what is missing', async () => {
    const { page } = person
    await page.getByRole('tab', { name: 'Platform API' }).click()
    await page.getByText('No API client yet.').waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Create API Client' }).click()
    await page.getByRole('textbox', { name: 'Description' }).fill('Pipeline')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: 'Choose at least one scope.' }).waitFor()
    await person.checkAccessibility()
  })

  test('creates an API client and sees its secret once, whatever key is pressed', async () => {
    const { page, server } = person
    await page.getByRole('checkbox', { name: /hcp\.readOAuthSettings/ }).press('Space')
    await page.getByRole('textbox', { name: 'Description' }).fill('x'.repeat(1_001))
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: 'Expected "Description" to have at most 1000' }).waitFor()
    await page.getByRole('textbox', { name: 'Description' }).fill('Pipeline')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('dialog', { name: 'API client created' }).waitFor()
    await page.keyboard.press('Escape')
    const [id, secret] = [await copy(page, 'Copy: Client ID'), await copy(page, 'Copy: Secret')]
    const authorization = `Basic ${btoa(`${id}:${secret}`)}`
    const url = `${server.url}/oauth2/apitoken/v1?grant_type=client_credentials`
    const answer = await fetch(url, { method: 'POST', headers: { authorization } })
    assert.match(await answer.text(), /"scope":"hcp\.readOAuthSettings"/)
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('row', { name: /Pipeline .*hcp\.readOAuthSettings/ }).waitFor()
  })

  test('deletes it after being told what goes', async () => {
    const { page } = person
    await page.getByRole('button', { name: /^Delete: / }).click()
    await page.getByText(/^API client .* and its tokens are deleted\./).waitFor()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('No API client yet.').waitFor()
  })
})
