import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { Tenant } from '../tenant.ts'
import { type Person, sitDown, withoutChromium } from './browser.ts'

describe('pages for end users', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let client: { readonly url: string; close(): Promise<unknown> }

  before(async () => {
    client = await startClient()
    person = await sitDown({ mayAlsoAsk: client.url })
    const tenant = new Tenant({ url: person.server.url, ...person.server.admin })
    const common = {
      subscription: 'deviflmap',
      grant: 'authorization_code',
      redirectUri: `${client.url}/answer`,
    } as const
    await tenant.createClient({ ...common, id: 'web', secret: 'secret of web' })
  })

  after(async () => {
    await person.close()
    await client.close()
  })

  const ask = async (state: string) => {
    const query = new URLSearchParams({ response_type: 'code', client_id: 'web', state })
    // A link on the client's page: the browser comes from another site.
    await person.page.goto(client.url)
    await person.page.evaluate(url => location.assign(url), `${person.server.url}/oauth2/api/v1/authorize?${query}`)
  }

  /** The field, as soon as what is typed goes there. */
  const focused = (label: string) => person.page.getByLabel(label, { exact: true }).and(person.page.locator(':focus'))

  test('a person who comes from a client signs in, agrees, and is back at the client', async () => {
    const { page, server } = person
    await ask('first')
    await page.getByRole('heading', { name: 'Sign In' }).waitFor()
    await person.checkAccessibility()
    await focused('User name').waitFor()
    await page.keyboard.type(server.admin.user)
    await page.keyboard.press('Tab')
    await page.keyboard.type('mistyped')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await focused('Password').waitFor()
    await page.keyboard.type(server.admin.password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Authorize Client' }).waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Authorize' }).click()
    await page.getByText('state=first').waitFor()
    assert.match(await page.getByRole('main').innerText(), /code=[0-9a-f]{40}/)
  })

  test('somebody who is signed in is asked at once, and may say no', async () => {
    const { page } = person
    await ask('second')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('error=access_denied').waitFor()
  })

  test('a code is shown as text and as a QR code', async () => {
    const { page } = person
    await page.goto(`${person.server.url}/oauth2`)
    await page.getByRole('heading', { name: 'Token Management' }).waitFor()
    await person.checkAccessibility()
    await page.getByRole('link', { name: /another device/ }).click()
    await page.getByRole('combobox', { name: 'Client' }).selectOption('web')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Generate QR Code' }).click()
    await page.getByRole('img', { name: 'The code as a QR code' }).waitFor()
    await person.checkAccessibility()
  })
})

/** The client's own site, which shows what it is told. */
async function startClient() {
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://client').searchParams
    response.setHeader('content-type', 'text/html')
    response.end(
      `<!doctype html><title>Client</title><main>${[...query].map(pair => `<p>${pair.join('=')}</p>`).join('')}</main>`,
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  // Another site than the server's localhost.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, close: () => new Promise(resolve => server.close(resolve)) }
}
