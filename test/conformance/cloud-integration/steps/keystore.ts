import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { openContiva } from '../clients/contiva.ts'
import { jsonOf } from '../wire.ts'

interface Entry {
  readonly Alias?: string
  readonly Status?: string
}

const told = (entries: readonly Entry[] | undefined) => entries?.map(({ Alias, Status }) => `${Alias}: ${Status}`)

/** Beside the thirty steps: the keystore as a whole, by the one client that knows it. */
export function keystoreSteps(run: AcceptanceRun): void {
  test('contiva fills the keystore, backs it up, empties it, and brings it back in both ways', async () => {
    // Made to take lists out of what is around them, it would lose answers that have no list in the place it looks at.
    const { securityContent } = openContiva(run.tenant, false)
    const names = async () => (await securityContent.getKeystoreEntries('system', ['Alias'])).map(({ Alias }) => Alias)
    const subject = { CommonName: 'acceptance', Country: 'DE' }
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const RSAFile = Buffer.from(rsa.export({ type: 'pkcs1', format: 'pem' })).toString('base64')
    await securityContent.generateRsaKeyPair({ ...subject, Hexalias: 'AB', Alias: 'acc rsa', RSAFile } as never)
    const SSHFile = rsa.export({ type: 'pkcs8', format: 'pem' })
    const ssh = await securityContent.generateSshKeyPair({ ...subject, SSHFile } as never)
    assert.equal(ssh.responseInfo?.Alias, 'id_rsa')
    assert.deepEqual(await names(), ['acc rsa', 'id_rsa'])
    const exported = await run.cpiHelper.getJson("/api/v1/KeystoreResources('system')")
    const { Resource } = jsonOf<{ Resource: string }>(exported)
    await securityContent.backupKeystore()
    assert.deepEqual(await securityContent.deleteKeystoreEntries(['acc rsa', 'id_rsa'], true), [])
    const imported = await securityContent.importKeystore(Resource as never, '', 'merge', true)
    assert.deepEqual(told(imported), ['acc rsa: Created', 'id_rsa: Created'])
    assert.deepEqual(told(await securityContent.restoreKeystoreBackup('replace', true)), [
      'acc rsa: Updated',
      'id_rsa: Updated',
    ])
    const [first] = await securityContent.getKeystoreEntries('system', ['Type'])
    assert.equal(first?.Type, 'Key Pair')
    await securityContent.deleteKeystoreEntries(['acc rsa', 'id_rsa'])
    assert.deepEqual(await names(), [])
  })
}
