import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Tenant } from '../tenant.ts'
import { type Person, signIn, sitDown, withoutChromium } from './browser.ts'
import { allowClipboard, copy } from './clipboard.ts'

const curl = '/usr/bin/curl'

describe('a person who gives a sender access', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
    await allowClipboard(person.page)
  })

  after(() => person.close())

  /** What is wrong with the field that has the focus is also in a box at it: resolves when that stands still. */
  const boxed = (text: string) => person.page.getByText(text).first().click({ trial: true })

  test('is told how to begin where there is no client', async () => {
    const { page } = person
    await person.open('/cockpit')
    await page.getByText('No client is registered.').waitFor()
    assert.match(page.url(), /\/cockpit\/oauth\/clients$/)
    await person.checkAccessibility()
  })

  test('is told at each field what is wrong with it, and is led to the first', async () => {
    const { page } = person
    await page.getByRole('button', { name: 'Register New Client' }).click()
    await page.getByRole('heading', { name: 'Register New Client' }).waitFor()
    assert.match(await page.getByRole('textbox', { name: 'ID' }).inputValue(), /^[0-9a-f-]{36}$/)
    await page.getByRole('textbox', { name: 'ID' }).fill('no:colon')
    await page.getByRole('button', { name: 'Save' }).click()
    for (const text of ['Enter a name.', 'Choose a subscription.', 'Enter an ID of 1 to 128']) {
      await page.getByRole('alert').filter({ hasText: text }).waitFor()
    }
    await boxed('Enter a name.')
    await person.checkAccessibility()
    await page.keyboard.type('Hello client')
    assert.equal(await page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Hello client')
  })

  test('registers a client by keyboard and sees its secret once', async () => {
    const { page } = person
    await page.keyboard.press('Tab')
    await page.keyboard.type('Orders <b>of the</b> web shop')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('hello')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Client Hello client' }).waitFor()
    assert.match(page.url(), /\/clients\/client\/hello$/)
    await page.getByText('Orders <b>of the</b> web shop').waitFor()
    assert.match(await copy(page, 'Copy: Secret'), /^[0-9a-f]{64}$/)
    await person.checkAccessibility()
  })

  test('assigns the role to the user of the client', async () => {
    const { page, server } = person
    assert.equal(await copy(page, 'Copy: User'), 'oauth_client_hello')
    await page.getByText('ESBMessaging.send is not assigned').waitFor()
    await page.getByRole('button', { name: 'Assign ESBMessaging.send' }).click()
    await page.getByText('ESBMessaging.send is assigned').waitFor()
    const roles = `${server.url}/authorization/v1/accounts/dev/users/roles?userId=oauth_client_hello`
    const answer = await fetch(roles, { headers: { authorization: server.admin.authorization } })
    assert.match(await answer.text(), /ESBMessaging\.send/)
  })

  test('gets a token with what the curl line says', async () => {
    const { page } = person
    const lines = await copy(page, 'Copy: Call')
    assert.match(lines, /-H "Authorization: Bearer \$TOKEN" .*\/http\/<address>'$/)
    const line = await copy(page, 'Copy: Get a token')
    const [, credentials = '', url = ''] = /^curl -s -X POST -u '([^']*)' '([^']*)'$/.exec(line) ?? []
    const answer = await fetch(url, { method: 'POST', headers: { authorization: `Basic ${btoa(credentials)}` } })
    assert.equal(answer.status, 200)
  })

  test('calls a flow with the lines as they are', { skip: !existsSync(curl) && `needs ${curl}` }, async () => {
    const { page, server } = person
    const tenant = new Tenant({ url: server.url, ...server.admin })
    await tenant.importFlow('hello', fileURLToPath(new URL('../../examples/hello', import.meta.url)))
    await tenant.deploy('hello')
    await page.reload()
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('button', { name: 'Generate secret' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('combobox', { name: 'Endpoint' }).waitFor()
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', await copy(page, 'Copy: Call')])
    assert.match(stdout, /^HTTP\/1\.1 200 /)
  })

  test('does not see the secret again', async () => {
    const { page } = person
    await page.reload()
    await page.getByText('Replace <secret> by the secret of the client.').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Copy: Secret' }).count(), 0)
  })

  test('edits the client and gives it a secret of their own', async () => {
    const { page } = person
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Web shop')
    await page.getByRole('button', { name: 'Generate secret' }).click()
    await page.getByRole('spinbutton', { name: 'Token Lifetime' }).fill('90')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Client Web shop' }).waitFor()
    await page.getByText('90 minutes').waitFor()
    assert.match(await copy(page, 'Copy: Secret'), /^[0-9a-f]{64}$/)
  })

  test('gives it a name in another language, which people with that language see', async () => {
    const { page, server } = person
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('button', { name: 'Translations' }).click()
    await page.getByRole('combobox', { name: 'Language' }).press('Space')
    await page.getByRole('option', { name: 'German', exact: true }).click()
    await page.getByRole('button', { name: 'Add language' }).click()
    await page.getByRole('textbox', { name: 'Name (German)' }).fill('Netzladen')
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('German').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Client Web shop' }).waitFor()
    await page.getByText('German').waitFor()
    const storageState = await page.context().storageState()
    const german = await page.context().browser()?.newContext({ locale: 'de-DE', storageState })
    const theirs = await german?.newPage()
    await theirs?.goto(`${server.url}/cockpit/oauth/clients`)
    await theirs?.getByRole('link', { name: 'Netzladen' }).waitFor()
    await german?.close()
  })

  test('reads what the server does not accept at the field it is about, and keeps what was typed', async () => {
    const { page } = person
    await page.goto('/cockpit/oauth/clients/client')
    await page.getByRole('textbox', { name: 'Name' }).fill('Other')
    await page.getByRole('combobox', { name: 'Subscription' }).press('ArrowDown')
    await page.getByRole('textbox', { name: 'ID' }).fill('HELLO')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').filter({ hasText: 'Expected an unused client ID, found "HELLO"' }).waitFor()
    assert.equal(await page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Other')
    await page.getByRole('combobox', { name: 'Authorization Grant' }).press('ArrowDown')
    await page.getByRole('textbox', { name: 'Redirect URI' }).fill('https://a.example/#part')
    await page.getByRole('textbox', { name: 'ID' }).fill('other')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').filter({ hasText: 'Expected "Redirect URI" to be an absolute URI' }).waitFor()
    await boxed('Expected "Redirect URI" to be an absolute URI')
    await person.checkAccessibility()
  })

  test('signs in again when the session has ended, and saves what was typed', async () => {
    const { page, server } = person
    await page.goto('/cockpit/oauth/clients/client')
    await page.getByRole('textbox', { name: 'Name' }).fill('Late')
    await page.getByRole('combobox', { name: 'Subscription' }).press('ArrowDown')
    await page.getByRole('textbox', { name: 'ID' }).fill('late')
    server.clock.advance(31 * 60_000)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: /Your session has ended/ }).waitFor()
    await signIn(page, server.admin)
    await page.getByRole('dialog', { name: 'Sign in' }).waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Client Late' }).waitFor()
  })

  test('is told that the server does not answer, and saves when it does again', async () => {
    const { page } = person
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('textbox', { name: 'Description' }).fill('Typed while away')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').filter({ hasText: 'Is it running?' }).waitFor()
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Client Late' }).waitFor()
    await page.getByText('Typed while away').waitFor()
  })

  test('is told that a client is not there', async () => {
    const { page } = person
    await page.goto('/cockpit/oauth/clients/client/nobody')
    await page.getByRole('alert').filter({ hasText: 'found "nobody"' }).waitFor()
    await person.checkAccessibility()
  })

  test('copies also where the page came over plain HTTP from another machine', async () => {
    const { page } = person
    await page.addInitScript('Object.defineProperty(navigator, "clipboard", { value: undefined })')
    await page.goto('/cockpit/oauth/clients/client/late')
    await page.getByRole('button', { name: 'Copy: User' }).click()
    await page.goto('/cockpit/oauth/clients')
    await page.getByRole('searchbox', { name: 'Search clients' }).press('ControlOrMeta+V')
    await page.getByText('No client matches “oauth_client_late”.').waitFor()
  })

  test('finds clients, opens one by keyboard and deletes it after being told what goes', async () => {
    const { page } = person
    await page.goto('/cockpit/oauth/clients')
    const search = page.getByRole('searchbox', { name: 'Search clients' })
    await search.fill('nobody')
    await page.getByText('No client matches “nobody”.').waitFor()
    await search.fill('WEB')
    await page.getByRole('link', { name: 'Web shop' }).press('Enter')
    await page.getByRole('heading', { name: 'Client Web shop' }).waitFor()
    await page.getByRole('button', { name: 'Delete: hello' }).click()
    await page.getByRole('alertdialog', { name: 'Delete' }).waitFor()
    await page.getByText('Client “Web shop” (hello) and its opaque tokens are deleted.').waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('link', { name: 'Late' }).waitFor()
    await page.getByRole('link', { name: 'Web shop' }).waitFor({ state: 'detached' })
  })
})
