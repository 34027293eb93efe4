import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { type Person, sitDown, withoutChromium } from './browser.ts'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

describe('a person who registers a client with keys', { skip: withoutChromium ?? false }, () => {
  let person: Person

  before(async () => {
    person = await sitDown()
  })

  after(() => person.close())

  test('is told what is missing, and not to enter a private key', async () => {
    const { page } = person
    await person.open('/cockpit/oauth/clients/client')
    await page.getByRole('textbox', { name: 'Name' }).fill('Robot')
    await page.getByRole('combobox', { name: 'Subscription' }).press('ArrowDown')
    await page.getByRole('textbox', { name: 'ID' }).fill('robot')
    await page.getByRole('combobox', { name: 'Authentication' }).press('ArrowDown')
    await page.getByRole('textbox', { name: 'Secret' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').filter({ hasText: 'Enter public keys.' }).waitFor()
    await person.checkAccessibility()
    await page.getByRole('textbox', { name: 'Public keys' }).fill(privatePem)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').filter({ hasText: 'never a private key' }).waitFor()
  })

  test('sees how the client authenticates and what its tokens are bound to', async () => {
    const { page, server } = person
    await page.getByRole('textbox', { name: 'Public keys' }).fill(publicPem)
    await page.getByRole('combobox', { name: 'Tokens are bound to' }).press('ArrowDown')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Client Robot' }).waitFor()
    for (const text of ['Signed assertion (private_key_jwt)', 'A key of the client (DPoP)']) {
      await page.getByRole('definition').filter({ hasText: text }).waitFor()
    }
    await page.getByRole('figure', { name: 'Public keys' }).getByText('"crv": "P-256"').waitFor()
    assert.equal(await page.getByRole('heading', { name: 'Secrets' }).count(), 0)
    for (const text of ['Replace <assertion> by a JWT', 'Replace each <proof> by a DPoP proof']) {
      await page.getByText(text).waitFor()
    }
    await person.checkAccessibility()
    const { authorization } = server.admin
    const found = await fetch(`${server.url}/oauth2/api/v1/clients/robot`, { headers: { authorization } })
    const { tokenEndpointAuthMethod, jwks, dpopBoundAccessTokens, secret } = JSON.parse(await found.text())
    assert.deepEqual([tokenEndpointAuthMethod, dpopBoundAccessTokens, secret], ['private_key_jwt', true, undefined])
    assert.equal(jwks.keys.length, 1)
  })

  test('edits another field, and the keys stay', async () => {
    const { page, server } = person
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('textbox', { name: 'Description' }).fill('Signs assertions')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Signs assertions').waitFor()
    const { authorization } = server.admin
    const found = await fetch(`${server.url}/oauth2/api/v1/clients/robot`, { headers: { authorization } })
    const { jwks, dpopBoundAccessTokens } = JSON.parse(await found.text())
    assert.deepEqual([jwks.keys.length, dpopBoundAccessTokens], [1, true])
  })

  test('reads where the server was not started for it', async () => {
    const { page } = person
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('combobox', { name: 'Authentication' }).press('ArrowDown')
    await page.getByRole('textbox', { name: 'Certificates' }).fill('-----BEGIN CERTIFICATE-----')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').filter({ hasText: '--tls-client-certificates request' }).first().waitFor()
  })
})
