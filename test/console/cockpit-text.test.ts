import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { selfSigned } from '@sluice/server/testing'
import { Tenant } from '../tenant.ts'
import { type Person, sitDown, withoutChromium } from './browser.ts'

/** What would ask the server for `x`, then run code, if it were ever taken for HTML. */
const text = '<img src=x onerror=alert(1)>'
const scope = '<script>alert(1)</script>'
const encoded = encodeURIComponent(text)

/** Where texts are shown that somebody else may have stored, and the buttons that ask something about them. */
const pages: readonly (readonly [path: string, ...buttons: string[]])[] = [
  ['/cockpit/oauth/clients', 'Delete: evil'],
  ['/cockpit/oauth/clients/client/evil', 'Delete: evil'],
  ['/cockpit/oauth/clients/client/code'],
  ['/cockpit/oauth/scopes', `Delete: ${scope}`, `Edit: ${scope}`],
  ['/cockpit/oauth/platform-api'],
  [`/cockpit/authorizations/users?user=${encoded}`, `Remove: ${text}`, `Unassign: ${text}`],
  ['/cockpit/authorizations/groups', `Delete: ${text}`],
  [`/cockpit/authorizations/groups/group?group=${encoded}`, `Remove: ${text}`],
  ['/cockpit/authorizations/roles', `Delete: ${text}`],
  [`/cockpit/authorizations/roles/role?application=deviflmap&role=${encoded}`],
  [`/cockpit/authorizations/tokens?client=${encoded}`, `Revoke All: ${text}`],
  ['/cockpit/trust/local-users'],
  [`/cockpit/trust/local-users/user?name=${encoded}`, `Delete: ${text}`],
  ['/cockpit/trust/identity-providers'],
  [`/cockpit/trust/identity-providers/provider?name=${encoded}`, `Disable: ${text}`, `Delete: ${text}`],
]

describe('what others stored is text on every page of the cockpit', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
    await store(new Tenant({ url: person.server.url, ...person.server.admin }))
    await person.open('/cockpit')
  })

  // Fails when a page broke the content security policy or asked another server.
  after(() => person.close())

  for (const [path, ...buttons] of pages) {
    test(`${decodeURIComponent(path)} ${buttons.join(' ')}`, async () => {
      const { page } = person
      await page.goto(path)
      const asks = buttons.map(name => page.getByRole('button', { name, exact: true }).first())
      await (asks[0] ?? page.getByText(text).first()).waitFor()
      await person.settle()
      for (const ask of asks) {
        await ask.click()
        await page.getByRole('button', { name: 'Cancel', exact: true }).click()
      }
      assert.equal(await page.locator('img[src="x"], body script:not([src])').count(), 0)
    })
  }
})

async function store(tenant: Tenant): Promise<void> {
  const oauth = '/oauth2/api/v1'
  const texts = { name: text, description: text, translations: { en: { name: text, description: text } } }
  await tenant.send('POST', `${oauth}/clients`, 201, { ...texts, id: 'evil', subscription: 'deviflmap' })
  const code = { id: 'code', subscription: 'deviflmap', grant: 'authorization_code', redirectUri: 'https://a.example' }
  await tenant.send('POST', `${oauth}/clients`, 201, { ...texts, ...code })
  const platform = { kind: 'platform', description: text, scopes: ['hcp.readOAuthSettings'] }
  await tenant.send('POST', `${oauth}/clients`, 201, platform)
  const translations = { en: text, de: text }
  await tenant.send('POST', `${oauth}/applications/deviflmap/scopes`, 201, {
    id: scope,
    description: text,
    translations,
  })
  const user = { name: text, displayName: text, email: 'a@example.com' }
  await tenant.send('POST', '/api/identity/v1/users', 201, user)
  const account = '/authorization/v1/accounts/dev'
  const [names, role] = [[{ name: text }], encodeURIComponent(text)]
  await tenant.send('POST', `${account}/groups`, 201, { groups: names })
  const rules = [{ assertionAttribute: text, operation: 'equals', value: text }]
  await tenant.send('POST', '/api/identity/v1/identity-providers', 201, {
    ...{ name: text, description: text, userIdPrefix: text, userIdSuffix: text },
    saml: { issuer: text, certificates: [selfSigned.cert], userIdAttribute: text },
    ...{ defaultGroups: [text], assertionBasedGroups: [{ group: text, rules }] },
  })
  await tenant.send('POST', `${account}/apps/deviflmap/roles`, 201, { roles: names })
  await tenant.send('PUT', `${account}/groups/users?groupName=${role}`, 201, { users: names })
  await tenant.send('PUT', `${account}/apps/deviflmap/roles/users?roleName=${role}`, 201, { users: names })
  await tenant.send('PUT', `${account}/apps/deviflmap/roles/groups?roleName=${role}`, 201, { groups: names })
}
