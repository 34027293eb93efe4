import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { csrfTokenOf, Visitor } from '@sluice/server/testing'
import { Tenant } from '../tenant.ts'
import { type Person, sitDown, withoutChromium } from './browser.ts'

describe('a person who says who may do what', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
  })

  after(() => person.close())

  /** Chooses in a list by keyboard. */
  const choose = async (label: string, typed: string) => {
    const list = person.page.getByRole('combobox', { name: label, exact: true })
    await list.press('Space')
    await person.page.getByRole('option', { name: typed, exact: true }).click()
  }
  const confirm = (action: string) => person.page.getByRole('button', { name: action, exact: true }).click()

  test('names a user and assigns a role', async () => {
    const { page } = person
    await person.open('/cockpit/authorizations')
    await page.getByRole('button', { name: 'Show Assignments' }).click()
    await page.getByRole('alert').filter({ hasText: 'Fill in this field.' }).waitFor()
    await page.getByRole('textbox', { name: 'User' }).fill('jane')
    await page.keyboard.press('Enter')
    await page.getByText('jane has no role.').waitFor()
    await page.getByText('jane is in no group.').waitFor()
    await page.getByRole('button', { name: 'Assign', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: 'Choose an application and a role.' }).waitFor()
    await person.checkAccessibility()
    await choose('Application', 'devtmn')
    await choose('Role', 'AuthGroup.IntegrationDeveloper')
    await page.getByRole('button', { name: 'Assign', exact: true }).click()
    await page.getByRole('row', { name: /devtmn AuthGroup\.IntegrationDeveloper Predefined/ }).waitFor()
  })

  test('unassigns a role after being told who loses what', async () => {
    const { page } = person
    await page.getByRole('button', { name: 'Unassign: AuthGroup.IntegrationDeveloper' }).click()
    await page.getByText('jane loses role AuthGroup.IntegrationDeveloper of application devtmn.').waitFor()
    await person.checkAccessibility()
    await confirm('Unassign')
    await page.getByText('jane has no role.').waitFor()
  })

  test('reads why the server does not know a user of that name', async () => {
    const { page } = person
    await page.goto('/cockpit/authorizations/users?user=a%3Bb')
    await page.getByRole('alert').filter({ hasText: 'Expected a name of 1 to 255 characters' }).first().waitFor()
  })

  test('creates a group, puts a user in it and gives it a role', async () => {
    const { page } = person
    await page.getByRole('tab', { name: 'Groups' }).click()
    await page.getByText('There is no group.').waitFor()
    await page.getByRole('textbox', { name: 'New group' }).fill('a;b')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'Expected a name of 1 to 255 characters' }).waitFor()
    // It is also in a box at the field that has the focus, which is to stand still.
    await page.getByText('Expected a name of 1 to 255 characters').first().click({ trial: true })
    await person.checkAccessibility()
    await page.getByRole('textbox', { name: 'New group' }).fill('Partners')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Partners' }).click()
    await page.getByText('Nobody is in group Partners.').waitFor()
    await page.getByRole('textbox', { name: 'User' }).fill('jane')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('link', { name: 'jane' }).waitFor()
    await choose('Application', 'deviflmap')
    await choose('Role', 'ESBMessaging.send')
    await page.getByRole('button', { name: 'Assign', exact: true }).click()
    await page.getByRole('row', { name: /deviflmap ESBMessaging\.send/ }).waitFor()
    await person.checkAccessibility()
  })

  test('sees who has a role, and gives it to another', async () => {
    const { page } = person
    await page.getByRole('link', { name: 'ESBMessaging.send' }).click()
    await page.getByRole('heading', { name: 'Role ESBMessaging.send of deviflmap' }).waitFor()
    await page.getByRole('link', { name: 'Partners' }).waitFor()
    await page.getByText('No user has this role.').waitFor()
    await page.getByRole('textbox', { name: 'User' }).fill('oauth_client_hello')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'oauth_client_hello' }).waitFor()
    await person.checkAccessibility()
  })

  test('creates a custom role, finds it and deletes it', async () => {
    const { page } = person
    await page.goto('/cockpit/authorizations/roles')
    await page.getByRole('link', { name: 'ESBMessaging.send' }).waitFor()
    await page.getByRole('textbox', { name: 'New custom role' }).fill('Orders.send')
    await page.keyboard.press('Enter')
    await page.getByRole('row', { name: /Orders\.send Custom/ }).waitFor()
    const known = ['ESBMessaging.send', 'Orders.send']
    const names = async () =>
      (await page.getByRole('row').allTextContents()).flatMap(text => known.filter(name => text.includes(name)))
    const before = await names()
    await page.getByRole('button', { name: 'Sort by Role' }).press('Enter')
    await page.getByRole('columnheader', { name: 'Role' }).and(page.locator('[aria-sort=ascending]')).waitFor()
    assert.deepEqual(await names(), ['ESBMessaging.send', 'Orders.send'])
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Sort by Role' }).press('Enter')
    await page.locator('[aria-sort=descending]').waitFor()
    assert.deepEqual(await names(), ['Orders.send', 'ESBMessaging.send'])
    await page.getByRole('button', { name: 'Sort by Role' }).press('Enter')
    await page.locator('[aria-sort=descending]').waitFor({ state: 'detached' })
    assert.deepEqual(await names(), before)
    await page.getByRole('searchbox', { name: 'Search' }).fill('nothing')
    await page.getByText('No role matches “nothing”.').waitFor()
    await page.getByRole('searchbox', { name: 'Search' }).fill('orders')
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Delete: Orders.send' }).click()
    await page.getByText('Role Orders.send of application deviflmap is deleted').waitFor()
    await confirm('Delete')
    await page.getByText('No role matches “orders”.').waitFor()
  })

  test('takes the user out of the group and deletes the group', async () => {
    const { page } = person
    await page.goto('/cockpit/authorizations/users?user=jane')
    await page.getByRole('button', { name: 'Remove: Partners' }).click()
    await page.getByText('jane is taken out of group Partners').waitFor()
    await confirm('Remove')
    await page.getByText('jane is in no group.').waitFor()
    await page.getByRole('tab', { name: 'Groups' }).click()
    await page.getByRole('button', { name: 'Delete: Partners' }).click()
    await page.getByText('Group Partners is deleted.').waitFor()
    await confirm('Delete')
    await page.getByText('There is no group.').waitFor()
  })

  test('is told what is not allowed without a role', async () => {
    const { page } = person
    await page.goto('/cockpit/authorizations/users?user=admin')
    await page.getByRole('button', { name: 'Unassign: Administrator' }).click()
    await confirm('Unassign')
    await page.getByRole('alert').filter({ hasText: 'Expected an enabled local user to keep role' }).waitFor()
    await confirm('Cancel')
    const tenant = new Tenant({ url: person.server.url, ...person.server.admin })
    await tenant.send('POST', '/api/identity/v1/users', 201, { name: 'other' })
    const roles = [{ name: 'Administrator', applicationName: 'cockpit' }]
    await tenant.send('PUT', '/authorization/v1/accounts/dev/users/roles?userId=other', 201, { roles })
    await page.getByRole('button', { name: 'Unassign: Administrator' }).click()
    await confirm('Unassign')
    await page.getByText('admin loses role Administrator').waitFor({ state: 'detached' })
    await page.goto('/cockpit/oauth/clients')
    await page.getByRole('alert').filter({ hasText: 'admin needs role Administrator' }).waitFor()
    await person.checkAccessibility()
  })
})

describe('a person who revokes tokens', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
  })

  after(() => person.close())

  const post = (path: string, authorization: string, json?: unknown) =>
    fetch(person.server.url + path, {
      method: 'POST',
      headers: { authorization, ...(json !== undefined && { 'content-type': 'application/json' }) },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    })

  test('finds them by client or user, revokes one, then all', async () => {
    const { page, server } = person
    await person.open('/cockpit/authorizations/tokens')
    await page.getByText('No token is valid.').waitFor()
    await person.checkAccessibility()
    for (const id of ['hello', 'other']) {
      const client = { id, name: id, secret: 's', subscription: 'deviflmap' }
      await post('/oauth2/api/v1/clients', server.admin.authorization, client)
      for (const _ of [1, 2, 3]) {
        await post('/oauth2/api/v1/token?grant_type=client_credentials', `Basic ${btoa(`${id}:s`)}`)
      }
    }
    await page.getByRole('button', { name: 'Refresh' }).click()
    const revoke = page.getByRole('button', { name: /^Revoke: / })
    await revoke.nth(5).waitFor()
    await page.getByRole('textbox', { name: 'User' }).fill('oauth_client_other')
    await page.keyboard.press('Enter')
    await page.waitForURL(/user=oauth_client_other/)
    await revoke.nth(3).waitFor({ state: 'detached' })
    await revoke.first().click()
    await page.getByText('A token of oauth_client_other, issued to client other, is revoked.').waitFor()
    await page.getByRole('button', { name: 'Revoke', exact: true }).click()
    await revoke.nth(2).waitFor({ state: 'detached' })
    assert.equal(await revoke.count(), 2)
    await page.getByRole('button', { name: 'Revoke All: oauth_client_other' }).click()
    await page.getByText('All opaque tokens of user oauth_client_other are revoked.').waitFor()
    await page.getByRole('button', { name: 'Revoke All', exact: true }).click()
    await page.getByText('No valid token of this client or user.').waitFor()
    await page.getByRole('textbox', { name: 'User' }).fill('')
    await page.getByRole('textbox', { name: 'Client ID' }).fill('hello')
    await page.getByRole('button', { name: 'Search' }).click()
    await revoke.nth(2).waitFor()
    await page.getByRole('button', { name: 'Revoke All: hello' }).click()
    await page.getByText('All opaque tokens of client hello are revoked.').waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Revoke All', exact: true }).click()
    await page.getByText('No valid token of this client or user.').waitFor()
  })

  test('revokes what a user allowed a client, then all of everybody', async () => {
    const { page, server } = person
    const phone = { id: 'phone', name: 'Phone', subscription: 'deviflmap', grant: 'authorization_code' }
    await post('/oauth2/api/v1/clients', server.admin.authorization, { ...phone, confidential: false })
    const user = new Visitor(server.url)
    await user.signIn('/oauth2', server.admin)
    const allow = async () => {
      const form = { csrf_token: csrfTokenOf(await user.open('/oauth2/code?client_id=phone')), client_id: 'phone' }
      const code = /<p class="code">(\w+)</.exec((await user.send('/oauth2/code', form)).text)?.[1] ?? ''
      const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: 'phone', code })
      assert.equal((await fetch(`${server.url}/oauth2/api/v1/token`, { method: 'POST', body })).status, 200)
    }
    await allow()
    await page.goto('/cockpit/authorizations/tokens')
    await page.getByRole('button', { name: 'Revoke: admin, phone' }).click()
    await page.getByText('What admin allowed client phone is revoked').waitFor()
    await page.getByRole('button', { name: 'Revoke', exact: true }).click()
    await page.getByText('No user has allowed a client anything.').waitFor()
    await allow()
    await page.getByRole('button', { name: 'Refresh' }).click()
    await page.getByRole('button', { name: 'Revoke: admin, phone' }).waitFor()
    await page.getByRole('button', { name: 'Revoke All: everybody' }).click()
    await page.getByText('All opaque tokens of all clients and users are revoked').waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Revoke All', exact: true }).click()
    await page.getByText('No token is valid.').waitFor()
    await page.getByText('No user has allowed a client anything.').waitFor()
  })
})
