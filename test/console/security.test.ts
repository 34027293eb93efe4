import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { selfSigned } from '@sluice/server/testing'
import { type Person, sitDown, withoutChromium } from './browser.ts'

describe('a person who looks after security', { skip: withoutChromium ?? false }, () => {
  let person: Person
  let directory: string

  before(async () => {
    person = await sitDown()
    directory = await mkdtemp(join(tmpdir(), 'sluice-certificates-'))
  })

  after(async () => {
    await person.close()
    await rm(directory, { recursive: true })
  })

  test('deploys, changes and deletes a user with a password that is never shown', async () => {
    const { page } = person
    await person.open('/monitor/security-material')
    await page.getByText('None of this kind.').waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Shop')
    await page.getByRole('textbox', { name: 'User', exact: true }).fill('order clerk')
    await page.getByLabel('Password').fill('a secret')
    await person.checkAccessibility()
    await page.keyboard.press('Enter')
    await page.getByRole('row', { name: /^Shop order clerk/ }).waitFor()
    await page.getByRole('button', { name: 'Edit: Shop' }).click()
    assert.equal(await page.getByLabel('Password').inputValue(), '')
    await page.getByRole('textbox', { name: 'User', exact: true }).fill('chief clerk')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('row', { name: /^Shop chief clerk/ }).waitFor()
    await page.getByRole('button', { name: 'Delete: Shop' }).click()
    await page.getByText('Shop is deleted with its secret').waitFor()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('None of this kind.').waitFor()
  })

  test('deploys an OAuth2 client and a secure parameter; a wrong URL is said, and what was typed stays', async () => {
    const { page } = person
    await person.open('/monitor/security-material')
    await page.getByRole('option', { name: 'OAuth2 client credentials' }).click()
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Shop')
    await page.getByRole('textbox', { name: 'Token service URL' }).fill('nowhere')
    await page.getByRole('textbox', { name: 'Client ID' }).fill('me')
    await page.getByLabel('Client secret').fill('a secret')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('"Token service URL" to be an http or https URL').waitFor()
    await page.getByRole('textbox', { name: 'Token service URL' }).fill('https://shop.example/token')
    await page.keyboard.press('Enter')
    await page.getByRole('row', { name: /^Shop me https:/ }).waitFor()
    await person.checkAccessibility()
    await page.getByRole('option', { name: 'Secure parameters' }).click()
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Key')
    await page.getByLabel('Secure parameter').last().fill('a secret')
    await page.keyboard.press('Enter')
    await page.getByRole('row', { name: /^Key / }).waitFor()
  })

  test('generates a key pair, reads it, downloads its certificate and deletes it', async () => {
    const { page } = person
    await person.open('/monitor/keystore')
    await page.getByText('The keystore is empty.').waitFor()
    await page.getByRole('button', { name: 'Create key pair' }).click()
    await page.getByRole('textbox', { name: 'Alias' }).fill('signer')
    await page.getByRole('combobox', { name: 'Key type' }).click()
    await page.getByRole('option', { name: 'EC' }).click()
    await page.getByRole('textbox', { name: 'Common name (CN)' }).fill('Signer')
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.getByRole('row', { name: /^signer Key Pair .*Valid/ }).waitFor()
    await person.checkAccessibility()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download: signer' }).click(),
    ])
    assert.match(await readFile(await file.path(), 'utf8'), /BEGIN CERTIFICATE/)
    await page.getByRole('row', { name: /^signer Key Pair/ }).click()
    await page.getByRole('heading', { name: 'signer' }).waitFor()
    await page.getByText('CN=Signer').first().waitFor()
    await person.checkAccessibility()
    await person.open('/monitor/keystore')
    await page.getByRole('button', { name: 'Delete: signer' }).click()
    await page.getByText('Entry signer is deleted').waitFor()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('The keystore is empty.').waitFor()
  })

  test('imports a key pair, downloads what an authority needs of it, and brings it back from the backup', async () => {
    const { page } = person
    const path = join(directory, 'pair.pem')
    await writeFile(path, `${selfSigned.key}\n${selfSigned.cert}`)
    await person.open('/monitor/keystore')
    await page.getByRole('button', { name: 'Import' }).click()
    await page.getByRole('menuitem', { name: 'Key pair' }).click()
    await page.getByRole('textbox', { name: 'Alias' }).fill('imported')
    await page.getByLabel('File').setInputFiles(path)
    await person.checkAccessibility()
    await page.locator('ui5-dialog').getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByRole('row', { name: /^imported Key Pair/ }).click()
    await page.getByRole('heading', { name: 'imported' }).waitFor()
    const download = async (name: string) => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
      return readFile(await file.path(), 'utf8')
    }
    assert.match(await download('Download: imported: Signing request (CSR)'), /BEGIN CERTIFICATE REQUEST/)
    assert.match(await download('Download: imported: Public SSH key'), /^(ssh-rsa|ecdsa-)/)
    await page.getByRole('button', { name: 'Import signing response' }).click()
    await page.getByLabel('File').setInputFiles(path)
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'Cancel' }).click()

    await person.open('/monitor/keystore')
    await page.getByRole('button', { name: 'Back up: Keystore' }).click()
    await page.getByRole('button', { name: 'Back up', exact: true }).click()
    await page.getByRole('dialog', { name: 'Back up' }).waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Delete: imported' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('The keystore is empty.').waitFor()
    await page.getByRole('button', { name: 'Restore: Keystore' }).click()
    await page.getByRole('button', { name: 'Restore', exact: true }).click()
    await page.getByRole('row', { name: /^imported Key Pair/ }).waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export certificates' }).click(),
    ])
    assert.equal((await readFile(await file.path())).readUInt32BE(), 0xfe_ed_fe_ed)
    await page.getByRole('button', { name: 'Delete: imported' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('The keystore is empty.').waitFor()
  })

  test('is told why a key that cannot be read is not imported', async () => {
    const { page } = person
    const path = join(directory, 'broken.p12')
    await writeFile(path, Buffer.from([0x30, 0x82, 0xff, 0xff, 0xfe]))
    await person.open('/monitor/keystore')
    for (const [item, field] of [
      ['Key pair', 'Alias'],
      ['SSH key', 'Alias'],
      ['Keystore', undefined],
    ] as const) {
      await page.getByRole('button', { name: 'Import' }).click()
      await page.getByRole('menuitem', { name: item }).click()
      if (field) await page.getByRole('textbox', { name: field }).fill('broken')
      if (item === 'SSH key') await page.getByRole('textbox', { name: 'Common name (CN)' }).fill('Broken')
      await page.getByLabel('File').setInputFiles(path)
      await page.locator('ui5-dialog').getByRole('button', { name: 'Import', exact: true }).click()
      await page.getByRole('alert').getByText('Expected').waitFor()
      await page.getByRole('button', { name: 'Cancel' }).click()
    }
  })

  test('imports a certificate once its fingerprint was compared, and is warned before it expires', async () => {
    const { page } = person
    const path = join(directory, 'partner.cer')
    await writeFile(path, selfSigned.cert)
    await person.open('/monitor/keystore')
    await page.getByRole('button', { name: 'Import' }).click()
    await page.getByRole('menuitem', { name: 'Certificate' }).click()
    await page.getByRole('textbox', { name: 'Alias' }).fill('partner')
    await page.getByLabel('File').setInputFiles(path)
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByText(/Compare the SHA-256 fingerprint/).waitFor()
    await person.checkAccessibility()
    await page.getByRole('button', { name: 'The fingerprint is right: import' }).click()
    await page.getByRole('row', { name: /^partner Certificate/ }).waitFor()
    const server = person.server
    server.clock.advance(Date.UTC(2126, 9, 1) - server.clock.now())
    await page.clock.setFixedTime(server.clock.now())
    await person.open('/monitor/keystore')
    await page.getByRole('row', { name: /^partner Certificate .*Expires soon/ }).waitFor()
    await page.getByText('1 entry expired or expires soon').waitFor()
    await person.open('/monitor')
    await page.getByRole('link', { name: /^Keystore 1 1 entry expired or expires soon/ }).waitFor()
    await person.checkAccessibility()
  })
})
