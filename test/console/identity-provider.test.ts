import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { OpenIdProvider } from '@sluice/server/testing'
import { type Person, sitDown, withoutChromium } from './browser.ts'

describe('a person who signs in at an identity provider', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let provider: OpenIdProvider

  before(async () => {
    provider = await OpenIdProvider.start()
    provider.user = { sub: 'a1', preferred_username: 'ann', name: 'Ann Lee', groups: ['it'] }
    provider.showsPage = true
    person = await sitDown({ mayAlsoAsk: provider.issuer })
    const administer = async (method: string, path: string, json: unknown) => {
      const headers = { authorization: person.server.admin.authorization, 'content-type': 'application/json' }
      const answer = await fetch(person.server.url + path, { method, headers, body: JSON.stringify(json) })
      assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.text()}`)
    }
    const groups = '/authorization/v1/accounts/dev/groups'
    await administer('POST', groups, { groups: [{ name: 'IT' }] })
    const roles = [
      { name: 'Administrator', applicationName: 'cockpit', providerAccount: 'dev' },
      { name: 'AuthGroup.IntegrationDeveloper', applicationName: 'devtmn', providerAccount: 'dev' },
    ]
    await administer('PUT', `${groups}/roles?groupName=IT`, { roles })
    const rules = [{ assertionAttribute: 'groups', operation: 'equals', value: 'it' }]
    await administer('POST', '/api/identity/v1/identity-providers', {
      name: 'Corporate',
      oidc: { issuer: provider.issuer, clientId: 'sluice', clientSecret: 'a secret' },
      assertionBasedGroups: [{ group: 'IT', rules }],
    })
  })

  after(async () => {
    await person.close()
    await provider.close()
  })

  test('gets the page of the console that was asked for', async () => {
    const { page } = person
    await page.goto('/monitor/messages?period=week')
    const corporate = page.getByRole('button', { name: 'Sign in with Corporate' })
    await corporate.waitFor()
    await person.checkAccessibility()
    await corporate.click()
    await page.getByRole('link', { name: 'Go on' }).click()
    await page.getByRole('heading', { name: 'Message processing' }).waitFor()
    assert.match(page.url(), /\/monitor\/messages\?period=week$/)
  })

  test('signs in again in another tab when the session has ended, and what was typed is still there', async () => {
    const { page, server } = person
    const flow = page.getByRole('textbox', { name: 'Integration flow' })
    await flow.fill('my flow')
    server.clock.advance(31 * 60_000)
    await page.clock.setFixedTime(server.clock.now())
    // The list is loaded every few seconds, and may say it first.
    const asked = page.waitForResponse('/api/session/v1')
    await person.comeBack()
    assert.equal((await asked).status(), 401)
    await page.getByRole('heading', { name: /Your session has ended/ }).waitFor()
    const opened = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Sign in with Corporate' }).click()
    const tab = await opened
    await tab.getByRole('link', { name: 'Go on' }).click()
    await tab.getByRole('button', { name: 'ann' }).waitFor()
    await tab.close()
    server.clock.advance(1_000)
    await page.clock.setFixedTime(server.clock.now())
    await person.comeBack()
    await page.getByRole('dialog', { name: 'Sign in' }).waitFor({ state: 'hidden' })
    assert.equal(await flow.inputValue(), 'my flow')
  })

  test('sees where the own roles come from', async () => {
    const { page } = person
    await page.goto('/cockpit/trust/external-users?search=LEE')
    await page.getByRole('row', { name: /^ann Corporate Ann Lee/ }).waitFor()
    await page.getByRole('link', { name: 'ann' }).click()
    await page.waitForURL(/\/authorizations\/users\?user=ann$/)
    await page.getByText('Ann Lee').waitFor()
    await page.getByRole('row', { name: /IT\s*Corporate/ }).waitFor()
    await person.checkAccessibility()
  })

  test('signs out, is told that the provider may still know them, and signs out there', async () => {
    const { page } = person
    await page.getByRole('button', { name: 'ann', exact: true }).click()
    await page.getByRole('button', { name: 'Sign Out' }).click()
    await page.getByText('At Corporate you may still be signed in.').waitFor()
    await person.checkAccessibility()
    await page.getByRole('link', { name: 'Sign out at Corporate, too' }).click()
    await page.getByRole('heading', { name: '/logout' }).waitFor()
  })

  test('gets to the page for end users', async () => {
    const { page, server } = person
    await page.goto(`${server.url}/oauth2`)
    await page.getByRole('link', { name: 'Sign in with Corporate' }).waitFor()
    await person.checkAccessibility()
    await page.getByRole('link', { name: 'Sign in with Corporate' }).click()
    await page.getByRole('link', { name: 'Go on' }).click()
    await page.getByText('You are signed in as ann.').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('At Corporate you may still be signed in.').waitFor()
  })

  test('is refused with a page that says why', async () => {
    const { page, server } = person
    provider.user = { sub: 'b2', preferred_username: 'ann' }
    await page.goto(`${server.url}/oauth2`)
    await page.getByRole('link', { name: 'Sign in with Corporate' }).click()
    await page.getByRole('link', { name: 'Go on' }).click()
    await page.getByRole('heading', { name: 'You were not signed in' }).waitFor()
    await page.getByRole('alert').getByText('Another account has signed in with your user name before.').waitFor()
    await person.checkAccessibility()
  })

  test('an administrator frees a name for another account', async () => {
    const { page } = person
    await person.open('/cockpit/authorizations/users?user=ann')
    await page.getByRole('button', { name: 'Forget: ann' }).click()
    await page.getByText('User ann of Corporate is forgotten').waitFor()
    await page.getByRole('button', { name: 'Forget', exact: true }).click()
    await page.getByText('Ann Lee').waitFor({ state: 'hidden' })
    await page.goto('/oauth2')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in with Corporate' }).click()
    await page.getByRole('link', { name: 'Go on' }).click()
    await page.getByText('You are signed in as ann.').waitFor()
  })
})
