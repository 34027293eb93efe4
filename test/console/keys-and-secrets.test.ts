import { after, before, describe, test } from 'node:test'
import { Tenant } from '../tenant.ts'
import { type Person, sitDown, withoutChromium } from './browser.ts'

describe('a person who exchanges keys and secrets', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let tenant: Tenant

  before(async () => {
    person = await sitDown()
    const { url, admin } = person.server
    tenant = new Tenant({ url, ...admin })
    const shop = { id: 'shop', name: 'Shop', subscription: 'deviflmap', secret: 'the first one' }
    await tenant.send('POST', '/oauth2/api/v1/clients', 201, shop)
    const platform = { kind: 'platform', name: 'Reports', description: 'Reports', scopes: ['hcp.readOAuthSettings'] }
    await tenant.send('POST', '/oauth2/api/v1/clients', 201, platform)
  })

  after(() => person.close())

  const dialog = () => person.page.getByRole('dialog')
  const button = (name: string | RegExp) => person.page.getByRole('button', { name, exact: true })
  const row = (name: RegExp) => person.page.getByRole('row', { name })
  const openAddSecret = async () => {
    await button('Add Secret').click()
    await person.page.getByRole('combobox', { name: 'Expires' }).waitFor()
  }
  const choose = async (option: string) => {
    await person.page.getByRole('combobox', { name: 'Expires' }).press('Space')
    await person.page.getByRole('option', { name: option, exact: true }).click()
  }

  test('adds a second secret to a client, which is shown once', async () => {
    const { page } = person
    await person.open('/cockpit/oauth/clients/client/shop')
    await row(/Valid Never Never/).waitFor()
    await openAddSecret()
    await person.checkAccessibility()
    await button('Add Secret').last().click()
    const secret = await page.getByText(/^[0-9a-f]{64}$/).innerText()
    await person.checkAccessibility()
    await tenant.issueToken('shop', secret)
    await tenant.issueToken('shop', 'the first one')
    await button('Close').click()
    await page.getByText(secret).waitFor({ state: 'detached' })
    await row(/Valid/).nth(1).waitFor()
  })

  test('reads what the server says to a third one', async () => {
    await openAddSecret()
    await button('Add Secret').last().click()
    await person.page.getByRole('alert').filter({ hasText: 'Expected at most one valid secret' }).waitFor()
    await button('Cancel').click()
  })

  test('dates the old one, is warned in the list, and removes it', async () => {
    const { page } = person
    await button(/^Set expiry: /)
      .first()
      .click()
    await choose('In 7 days')
    await button('Save').click()
    await row(/Expires in 7 days/).waitFor()
    await person.open('/cockpit/oauth/clients')
    await row(/Shop.*Secret expires in 7 days/).waitFor()
    await person.checkAccessibility()
    await page.getByRole('link', { name: 'Shop', exact: true }).click()
    await button(/^Remove: /)
      .first()
      .click()
    await button('Remove').click()
    await row(/Expires in 7 days/).waitFor({ state: 'detached' })
    await button(/^Remove: /).click()
    await button('Remove').click()
    await page.getByRole('alert').filter({ hasText: 'Expected another valid secret' }).waitFor()
    await button('Cancel').click()
  })

  test('does so with a platform client, in a dialog', async () => {
    const { page } = person
    await person.open('/cockpit/oauth/platform-api')
    await button(/^Secrets: /).click()
    await row(/Valid Never Never/).waitFor()
    await person.checkAccessibility()
    await openAddSecret()
    await button('Add Secret').last().click()
    await page.getByText(/^[0-9a-f]{64}$/).waitFor()
    await button('Close').last().click()
    await row(/Valid/).nth(1).waitFor()
    await button('Close').click()
    await dialog().waitFor({ state: 'detached' })
  })

  test('rotates and revokes signing keys', async () => {
    const { page, server } = person
    await person.open('/cockpit/oauth/signing-keys')
    server.clock.advance(600_000)
    await button('Rotate Now: Signing Keys').click()
    await person.checkAccessibility()
    await button('Rotate Now').click()
    const previous = row(/ Verifies (?!Until)/)
    await previous.waitFor()
    await previous.getByRole('button', { name: /^Revoke: / }).click()
    await button('Revoke').click()
    await previous.waitFor({ state: 'detached' })
    await button('Rotate Now: Signing Keys').click()
    await button('Rotate Now').click()
    await page
      .getByRole('row', { name: / Next /, exact: false })
      .nth(1)
      .waitFor()
    await button('Rotate Now: Signing Keys').click()
    await button('Rotate Now').click()
    await page.getByRole('alert').filter({ hasText: 'Expected no rotation under way' }).waitFor()
    await button('Cancel').click()
  })
})
