import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { AssertionMaker, selfSigned } from '@sluice/server/testing'
import { Tenant } from '../tenant.ts'
import { type Person, sitDown, withoutChromium } from './browser.ts'

const metadata = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example"><IDPSSODescriptor><KeyDescriptor><X509Certificate xmlns="http://www.w3.org/2000/09/xmldsig#">${selfSigned.cert.replace(/-----.*-----/g, '')}</X509Certificate></KeyDescriptor></IDPSSODescriptor></EntityDescriptor>`

describe('a person who says whose word about users is taken', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let tenant: Tenant

  before(async () => {
    person = await sitDown()
    tenant = new Tenant({ url: person.server.url, ...person.server.admin })
    const groups = { groups: [{ name: 'Staff' }, { name: 'IT' }] }
    await tenant.send('POST', '/authorization/v1/accounts/dev/groups', 201, groups)
  })

  after(() => person.close())

  const button = (name: string) => person.page.getByRole('button', { name, exact: true })
  const field = (name: string) => person.page.getByRole('textbox', { name, exact: true })
  const problem = (text: string | RegExp) => person.page.getByRole('alert').filter({ hasText: text }).first()
  const choose = async (label: string, typed: string) => {
    await person.page.getByRole('combobox', { name: label, exact: true }).press('Space')
    await person.page.getByRole('option', { name: typed, exact: true }).click()
  }

  test('registers a SAML provider by its metadata, and reads at the field what is wrong', async () => {
    const { page } = person
    await person.open('/cockpit/trust/identity-providers')
    await page.getByText('No identity provider is trusted.').waitFor()
    await page.getByText(`${person.server.url}/oauth2/api/v1/token`).waitFor()
    await person.checkAccessibility()
    await button('Add SAML Provider').click()
    await button('Save').click()
    await problem('Fill in this field.').waitFor()
    await field('Metadata').fill('<a></a>')
    await button('Apply').click()
    await problem(/found that the root element is no EntityDescriptor/).waitFor()
    await field('Metadata').fill(metadata)
    await button('Apply').click()
    await problem(/EntityDescriptor/).waitFor({ state: 'detached' })
    await person.checkAccessibility()
    await field('Name').fill('corporate')
    await field('Signing certificates').fill('nonsense')
    await button('Save').click()
    await problem(/Expected "Signing certificates 1" to be an X\.509 certificate/).waitFor()
    // In the box at the field, too, which has the focus.
    await page.locator('ui5-textarea > span').filter({ hasText: 'X.509' }).waitFor()
    await field('Metadata').fill(metadata)
    await button('Apply').click()
    // It is emptied when what it says is in the other fields.
    await page.getByRole('button', { name: 'Apply', exact: true, disabled: true }).waitFor()
  })

  test('says which groups its users are in, by attributes', async () => {
    const { page } = person
    await choose('Default group', 'Staff')
    await button('Add Default Group').click()
    await choose('Group', 'IT')
    await button('Add Assertion-Based Group').click()
    await field('Attribute (1.1)').fill('department')
    await choose('Comparison (1.1)', 'matches the regular expression')
    await field('Value (1.1)').fill('(a)\\1')
    await person.checkAccessibility()
    await button('Save').click()
    await problem(/In a rule of group "IT"/).waitFor()
    await field('Value (1.1)').fill('it-.*')
    await button('Add Rule').click()
    await field('Attribute (1.2)').fill('country')
    await field('Value (1.2)').fill('DE')
    await button('Save').click()
    await page.getByRole('heading', { name: 'Identity provider corporate' }).waitFor()
    await page.getByRole('row', { name: /CN=localhost .*Valid/ }).waitFor()
    await page
      .getByRole('row', { name: /IT department matches the regular expression it-\.\* ?country equals DE/ })
      .waitFor()
    await person.checkAccessibility()
  })

  test('sees in the list that a certificate ends soon, and puts the next one beside it', async () => {
    const { page, server } = person
    const validTo = server.clock.now() + 20 * 86_400_000
    const maker = new AssertionMaker({ audience: server.url, validTo })
    const path = '/api/identity/v1/identity-providers/corporate'
    const saml = { issuer: maker.issuer, certificates: [maker.certificate] }
    await tenant.send('PUT', path, 200, { enabled: true, saml })
    await person.open('/cockpit/trust/identity-providers')
    await page.getByRole('row', { name: /corporate .*Certificate ends/ }).waitFor()
    await page.getByRole('link', { name: 'corporate' }).click()
    await button('Edit').click()
    await field('Signing certificates').fill(`${maker.certificate}${selfSigned.cert}`)
    await button('Save').click()
    await page.getByRole('row', { name: /CN=Identity provider .*Ends soon/ }).waitFor()
    await page.getByRole('row', { name: /CN=localhost .*Valid/ }).waitFor()
    await page.getByText('Enabled').waitFor()
  })

  test('disables it, knowing what that does, and deletes it', async () => {
    const { page } = person
    await button('Disable: corporate').click()
    await page.getByText('corporate vouches for nobody any more').waitFor()
    await button('Disable').click()
    await button('Enable: corporate').waitFor()
    await page.getByText('Disabled').waitFor()
    await button('Delete: corporate').click()
    await button('Delete').click()
    await page.getByText('No identity provider is trusted.').waitFor()
  })

  test('registers an OpenID provider, whose secret is not shown again and stays when it is edited', async () => {
    const { page } = person
    await button('Add OpenID Provider').click()
    await field('Name').fill('partners')
    await field('Issuer').fill('http://login.example')
    await field('Client ID').fill('sluice')
    await field('Client secret').fill('not to be seen')
    await button('Save').click()
    await problem(/Expected "Issuer" to be an https URL/).waitFor()
    await field('Issuer').fill('https://login.example')
    await person.checkAccessibility()
    await button('Save').click()
    await page.getByRole('heading', { name: 'Identity provider partners' }).waitFor()
    await page.getByText(`${person.server.url}/oauth2/sign-in/callback/partners`).waitFor()
    await button('Edit').click()
    assert.equal(await field('Client secret').inputValue(), '')
    await field('Description').fill('People of partners')
    await button('Save').click()
    await page.getByText('People of partners').waitFor()
    assert.equal(await page.getByText('not to be seen').count(), 0)
  })
})
