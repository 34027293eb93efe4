import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'

describe('a person who says what clients may ask users for', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
  })

  after(() => person.close())

  const button = (name: string) => person.page.getByRole('button', { name, exact: true })
  const field = (name: string) => person.page.getByRole('textbox', { name, exact: true })
  const problem = (text: string | RegExp) => person.page.getByRole('alert').filter({ hasText: text }).first()
  const choose = async (list: string, option: string) => {
    await person.page.getByRole('combobox', { name: list, exact: true }).press('Space')
    await person.page.getByRole('option', { name: option }).click()
  }

  test('declares a scope, and reads at the field what is wrong', async () => {
    const { page } = person
    await person.open('/cockpit/oauth/scopes')
    await page.getByText('Application deviflmap has no scope.').waitFor()
    await person.checkAccessibility()
    await button('New Scope').click()
    await button('Create').click()
    await problem('Fill in this field.').waitFor()
    await field('ID').fill('with blank')
    await field('Description').fill('Read your orders')
    await button('Create').click()
    await problem('Expected "ID" to be 1 to 128 printable').waitFor()
    await person.checkAccessibility()
    await field('ID').fill('orders.read')
    await button('Translations').click()
    await choose('Language', 'German')
    await button('Add language').click()
    await field('Description (German)').fill('Ihre Bestellungen lesen')
    await person.checkAccessibility()
    await button('Apply').click()
    await button('Create').click()
    await page.getByRole('row', { name: /orders\.read Read your orders German/ }).waitFor()
  })

  test('cannot declare it twice for an application, but for another', async () => {
    const { page } = person
    const declare = async () => {
      await button('New Scope').click()
      await field('ID').fill('orders.read')
      await field('Description').fill('Read orders by the API')
      await button('Create').click()
    }
    await declare()
    await problem('Expected an unused scope ID').waitFor()
    await button('Cancel').click()
    await choose('Application', 'devtmn')
    await page.getByText('Application devtmn has no scope.').waitFor()
    await declare()
    await page.getByRole('row', { name: /orders\.read Read orders by the API/ }).waitFor()
  })

  test('edits the description', async () => {
    const { page } = person
    await button('Edit: orders.read').click()
    await field('Description').fill('Read every order')
    await button('Save').click()
    await page.getByRole('row', { name: /orders\.read Read every order/ }).waitFor()
  })

  test('sees the scopes of the application at a client that asks users', async () => {
    const { page } = person
    await page.goto('/cockpit/oauth/clients/client')
    await field('Name').fill('App')
    await choose('Subscription', 'devtmn')
    await choose('Authorization Grant', 'Authorization Code')
    await page.getByText('Read every order').waitFor()
    await button('Save').click()
    await problem('Enter the URI that the authorization code is sent to.').waitFor()
    await field('Redirect URI').fill('https://app.example/callback')
    await page.getByRole('spinbutton', { name: 'Refresh Token Lifetime' }).fill('181')
    await button('Save').click()
    await problem('Enter a whole number above 0').waitFor()
    await person.checkAccessibility()
    await page.getByRole('spinbutton', { name: 'Refresh Token Lifetime' }).fill('7')
    await button('Save').click()
    await page.getByRole('heading', { name: 'Client App' }).waitFor()
    await page.getByText('7 days').waitFor()
    await page.getByText('Read every order').waitFor()
    await person.checkAccessibility()
  })

  test('deletes a scope after being told what goes', async () => {
    const { page } = person
    await page.getByRole('link', { name: 'Show scopes' }).click()
    await button('Delete: orders.read').click()
    await page.getByText('Scope orders.read of application devtmn is deleted.').waitFor()
    await button('Delete').click()
    await page.getByText('Application devtmn has no scope.').waitFor()
  })
})
