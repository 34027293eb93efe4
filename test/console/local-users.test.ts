import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Person, signIn, sitDown, withoutChromium } from './browser.ts'
import { allowClipboard, copy } from './clipboard.ts'

describe('a person who says who may sign in', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let password = ''

  before(async () => {
    person = await sitDown()
    await allowClipboard(person.page)
  })

  after(() => person.close())

  const button = (name: string) => person.page.getByRole('button', { name, exact: true })
  const field = (name: string) => person.page.getByLabel(name, { exact: true })
  const problem = (text: string | RegExp) => person.page.getByRole('alert').filter({ hasText: text }).first()

  test('creates a user, and reads at the field what is wrong', async () => {
    const { page } = person
    await person.open('/cockpit/trust')
    await page.getByRole('row', { name: /admin .*Active/ }).waitFor()
    await person.checkAccessibility()
    await button('Create User').click()
    await button('Create').click()
    await problem('Fill in this field.').waitFor()
    await field('User name').fill('admin')
    await field('E-mail').fill('nowhere')
    await button('Create').click()
    await problem(/Expected "E-mail" to be an e-mail address/).waitFor()
    await field('E-mail').fill('jane@example.com')
    await button('Create').click()
    await problem('Expected an unused name, found "admin"').waitFor()
    await person.checkAccessibility()
    await field('User name').fill('jane')
    await field('Display name').fill('Jane Doe')
    await button('Create').click()
  })

  test('hands over the initial password, which is shown once, whatever key is pressed', async () => {
    const { page } = person
    await page.getByRole('dialog', { name: 'Initial password of jane' }).waitFor()
    await page.keyboard.press('Escape')
    password = await copy(page, 'Copy: Initial password')
    await person.checkAccessibility()
    await button('Close').click()
    await page.getByRole('row', { name: /jane Jane Doe jane@example\.com .*Initial password/ }).waitFor()
    assert.equal(await page.getByText(password).count(), 0)
  })

  test('finds a user by part of a name', async () => {
    const { page } = person
    await page.getByRole('searchbox', { name: 'Search users' }).fill('DOE')
    await page.getByRole('row', { name: /admin/ }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'jane' }).waitFor()
    await page.getByRole('searchbox', { name: 'Search users' }).fill('nobody like that')
    await page.getByText('No user matches “nobody like that”.').waitFor()
    await page.getByRole('searchbox', { name: 'Search users' }).fill('')
  })

  test('edits a user, and is told what disabling does', async () => {
    const { page } = person
    await page.getByRole('link', { name: 'jane' }).click()
    await page.getByRole('heading', { name: 'User jane' }).waitFor()
    await button('Edit').click()
    await field('Display name').fill('Jane Q. Doe')
    await button('Save').click()
    await page.getByText('Jane Q. Doe').waitFor()
    await person.checkAccessibility()
    await button('Disable: jane').click()
    await page.getByText('jane can no longer sign in. Sessions end, tokens are revoked').waitFor()
    await button('Disable').click()
    await page.getByText('Disabled').waitFor()
    await button('Enable: jane').click()
    await button('Enable').click()
    await button('Disable: jane').waitFor()
  })

  test('unlocks a user whose password somebody guessed at', async () => {
    const { page, server } = person
    for (let count = 0; count < 5; count += 1) {
      const body = JSON.stringify({ user: 'jane', password: 'wrong' })
      const headers = { 'content-type': 'application/json' }
      await fetch(`${server.url}/api/session/v1`, { method: 'POST', headers, body })
    }
    await page.reload()
    await page.getByText('Locked until').waitFor()
    await person.checkAccessibility()
    await button('Unlock: jane').click()
    await button('Unlock').click()
    await page.getByText('Locked until').waitFor({ state: 'detached' })
  })

  test('cannot delete the last administrator', async () => {
    const { page } = person
    await page.goto('/cockpit/trust/local-users/user?name=admin')
    await button('Delete: admin').click()
    await page.getByText(/admin loses all roles and groups \(5 roles and 0 groups are assigned\)/).waitFor()
    await button('Delete').click()
    await problem('Expected an enabled local user to keep role Administrator').waitFor()
    await button('Cancel').click()
  })

  test('changes the own password with the old one', async () => {
    const { page, server } = person
    await page.getByRole('button', { name: 'admin', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Change password' }).click()
    await field('Current password').fill('wrong')
    await field('New password').fill('short')
    await field('Repeat the new password').fill('other')
    await button('Change password').click()
    await problem('The two passwords differ.').waitFor()
    await field('Repeat the new password').fill('short')
    await button('Change password').click()
    await problem('User name or password is wrong.').waitFor()
    await field('Current password').fill(server.admin.password)
    await button('Change password').click()
    await problem('Expected "New password" to have 8').waitFor()
    await person.checkAccessibility()
    await field('New password').fill('a password of my own')
    await field('Repeat the new password').fill('a password of my own')
    await button('Change password').click()
    await page.getByRole('dialog', { name: 'Change password' }).waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await button('Save').click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })

  test('signs in as the user who was created, and has to choose a password first', async () => {
    const { page } = person
    await page.getByRole('button', { name: 'admin', exact: true }).click()
    await button('Sign Out').click()
    // Until then the page that was left may say that its session has ended, with fields of the same names.
    await page.waitForURL(`${person.server.url}/`)
    await signIn(page, { user: 'jane', password })
    await page.getByText('Choose a password of your own to go on.').waitFor()
    await person.checkAccessibility()
    await page.getByLabel('New password', { exact: true }).fill('jane')
    await page.getByLabel('Repeat the new password').fill('john')
    await button('Change password').click()
    await problem('The two passwords differ.').waitFor()
    await page.getByLabel('Repeat the new password').fill('jane')
    await button('Change password').click()
    await problem('Expected "New password" to have 8').waitFor()
    await page.getByLabel('New password', { exact: true }).fill('long enough for jane')
    await page.getByLabel('Repeat the new password').fill('long enough for jane')
    await button('Change password').click()
    await page.getByRole('button', { name: 'jane', exact: true }).waitFor()
  })
})
