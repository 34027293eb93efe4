import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import { commands } from '../src/cli/index.ts'
import { runLine } from '../src/cli/line/run-line.ts'
import { exampleJks } from '../src/keystore/testing/example-keystores.ts'
import {
  flowsEncryptedKeyPem,
  flowsKeyPem,
  flowsPem,
  flowsPkcs12,
  issuingPem,
  rootPem,
} from '../src/keystore/testing/example-material.ts'
import { TestTerminal } from '../src/testing/index.ts'
import { relayZip } from './relay-flow.ts'
import { Tenant } from './tenant.ts'

const files: Readonly<Record<string, string | Uint8Array>> = {
  'root.cer': new X509Certificate(rootPem).raw,
  'flows.p12': Buffer.from(flowsPkcs12, 'base64'),
  'key.pem': flowsEncryptedKeyPem,
  'flows.pem': flowsPem,
  'issuing.cer': new X509Certificate(issuingPem).raw,
  'secret.txt': 'secret\n',
  'all.jks': Buffer.from(exampleJks, 'base64'),
}

describe('the keystore of a server', () => {
  let tenant: Tenant
  let directory: string
  let token: string
  /** Another system. It knows clients by a certificate of the root's authority, or by one that was told to it. */
  let partner: Server
  let address: string
  before(async () => {
    tenant = await Tenant.start()
    directory = await mkdtemp(join(tmpdir(), 'sluice-keystore-'))
    for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content)
    await tenant.createClient({ id: 'caller' })
    await tenant.assign('caller')
    token = await tenant.token('caller')
    const identity = { key: flowsKeyPem, cert: flowsPem + issuingPem }
    partner = createServer({ ...identity, ca: [rootPem], requestCert: true }, (request, response) => {
      response.end((request.socket as TLSSocket).getPeerCertificate().subject.CN)
    })
    await new Promise<void>(resolve => partner.listen(0, '127.0.0.1', resolve))
    address = `https://127.0.0.1:${(partner.address() as AddressInfo).port}`
    const channel = { httpAddressWithoutQuery: address, authenticationMethod: 'Client Certificate' }
    const zip = await relayZip('relay', 'HTTPS', { ...channel, privateKeyAlias: 'partner' })
    assert.equal((await tenant.deploy(zip, 'relay')).status, 'SUCCESS')
  })
  after(async () => {
    await tenant.close()
    partner.closeAllConnections()
    await new Promise(resolve => partner.close(resolve))
    await rm(directory, { recursive: true })
  })

  const sluice = async (line: readonly string[], input = '') => {
    const env = { SLUICE_URL: tenant.server.url, SLUICE_ADMIN_PASSWORD: tenant.server.admin.password }
    const terminal = new TestTerminal(env, input)
    const placed = line.map(word => (word in files ? join(directory, word) : word))
    return { code: await runLine(commands, placed, terminal), out: terminal.printed, err: terminal.printedErrors }
  }
  const call = async () => {
    const { status, text } = await tenant.call('/relay', token)
    return `${status} ${text}`
  }

  test('one story: each part goes on where the one before it ended', async t => {
    await t.test('a flow reaches a system that demands a certificate once both sides can trust', async () => {
      assert.match(await call(), /^500 .*key pair "partner" in the keystore, found none: import or generate one/)
      const pair = await sluice(['keystore', 'import', 'partner', 'flows.p12', '--passphrase', '@-'], 'secret\n')
      assert.match(pair.out, /^Imported partner: key pair of CN=flows, O=Example, C=DE\nSHA-256 [0-9A-F:]{95}\n$/)
      assert.match(await call(), /^500 .*certificate/)
      const root = await sluice(['keystore', 'import', 'root', 'root.cer'])
      assert.match(root.out, /^Imported root: certificate of CN=Root/, root.err)
      assert.equal(await call(), '200 flows')
    })

    await t.test('a generated key pair is shown after its certificate was told to the other side', async () => {
      const line = [
        'keystore',
        'generate',
        'made',
        '--subject',
        'CN=made here, O=A\\, B',
        '--key',
        'ec-256',
        '--days',
        '5',
      ]
      const made = await sluice(line)
      assert.match(made.out, /^Generated made: key pair of CN=made here, O=A\\, B\n/, made.err)
      const { out: certificate } = await sluice(['keystore', 'export', 'made'])
      partner.setSecureContext({ key: flowsKeyPem, cert: flowsPem + issuingPem, ca: [rootPem, certificate] })
      const channel = { httpAddressWithoutQuery: address, authenticationMethod: 'Client Certificate' }
      await tenant.deploy(await relayZip('relay', 'HTTPS', { ...channel, privateKeyAlias: 'MADE' }), 'relay')
      assert.equal(await call(), '200 made here')
    })

    await t.test('the entries are listed with how long they last', async () => {
      const { out } = await sluice(['keystore', 'list'])
      assert.match(out, /^ALIAS +KIND +SUBJECT +VALID UNTIL +STATE$/m)
      assert.match(out, /^made +key pair +CN=made here, O=A\\, B +\d{4}-\d\d-\d\d +EXPIRES in 4 days$/m)
      assert.match(out, /^root +certificate +CN=Root, O=Example, C=DE +2120-01-01 +valid$/m)
      const { entries } = JSON.parse((await sluice(['keystore', 'list', '--json'])).out)
      assert.deepEqual(
        entries.map(({ alias, kind }: { alias: string; kind: string }) => [alias, kind]),
        [
          ['made', 'key pair'],
          ['partner', 'key pair'],
          ['root', 'certificate'],
        ],
      )
    })

    await t.test('a key pair comes in several PEM files, and replaces one only when told to', async () => {
      const line = ['keystore', 'import', 'partner', 'issuing.cer', 'key.pem', 'flows.pem', '--passphrase']
      const taken = await sluice([...line, '@'.concat(join(directory, 'secret.txt'))])
      assert.deepEqual([taken.code, /"partner", which exists already/.test(taken.err)], [1, true], taken.err)
      const replaced = await sluice([...line, '@-', '--replace', '--json'], 'secret')
      assert.equal(replaced.code, 0, replaced.err)
      assert.equal(JSON.parse(replaced.out).subject, 'CN=flows, O=Example, C=DE')
      const wrong = await sluice([...line, '@-', '--replace'], 'hidden')
      assert.match(wrong.err, /Expected a private key and its password/)
      assert.doesNotMatch(wrong.err, /hidden/)
    })

    await t.test('what is wrong is said', async () => {
      const argument = await sluice(['keystore', 'import', 'x', 'flows.p12', '--passphrase', 'hidden'])
      assert.match(argument.err, /--passphrase @file or --passphrase @-, found the passphrase itself/)
      assert.equal(argument.code, 2)
      assert.match((await sluice(['keystore', 'delete', 'none'])).err, /entry "none" in the keystore, found none/)
      assert.match((await sluice(['keystore', 'generate', 'x', '--days', '0'])).err, /whole number from 1 to 36500/)
      assert.match(
        (await sluice(['keystore', 'generate', 'x', '--subject', 'flows'])).err,
        /such as CN=flows,O=Example/,
      )
      assert.match((await sluice(['keystore', 'import', 'x', 'flows.p12', 'root.cer'])).err, /import them one by one/)
    })

    await t.test(
      'a running flow finds what a keystore file brings, what is renamed and what is certified',
      async () => {
        const all = await sluice([
          'keystore',
          'import-all',
          'all.jks',
          '--passphrase',
          `@${join(directory, 'secret.txt')}`,
        ])
        assert.match(all.out, /^flows +key pair +Created$/m, all.err)
        assert.match(all.out, /^root +certificate +Unchanged$/m)
        const { out: own } = await sluice(['keystore', 'export', 'flows'])
        partner.setSecureContext({ key: flowsKeyPem, cert: flowsPem + issuingPem, ca: [rootPem, own] })
        const channel = { httpAddressWithoutQuery: address, authenticationMethod: 'Client Certificate' }
        await tenant.deploy(await relayZip('relay', 'HTTPS', { ...channel, privateKeyAlias: 'moved' }), 'relay')
        assert.match(await call(), /^500 .*key pair "moved" in the keystore, found none/)
        assert.equal((await sluice(['keystore', 'rename', 'flows', 'Moved'])).out, 'Renamed flows to Moved.\n')
        assert.equal(await call(), '200 flows')
        const certified = await sluice(['keystore', 'certify', 'partner', 'flows.pem', 'issuing.cer', 'root.cer'])
        assert.match(
          certified.out,
          /^Certified partner:\nCN=flows.*\nSHA-256 .*\nCN=Issuing.*\n.*\nCN=Root.*\n/,
          certified.err,
        )
        assert.match(
          (await sluice(['keystore', 'certify', 'moved', 'flows.pem'])).err,
          /certificate of the private key/,
        )
        await sluice(['keystore', 'rename', 'moved', 'flows'])
        assert.match(await call(), /^500 .*key pair "moved" in the keystore, found none/)
      },
    )

    await t.test('others are told what they may know of an entry', async () => {
      const exported = async (form: string) => (await sluice(['keystore', 'export', 'partner', '--form', form])).out
      assert.equal(await exported('certificate'), flowsPem)
      assert.equal(await exported('root'), rootPem)
      assert.match(await exported('chain'), /^-----BEGIN PKCS7-----\n/)
      assert.match(await exported('request'), /^-----BEGIN CERTIFICATE REQUEST-----\n/)
      assert.match(await exported('ssh'), /^ecdsa-sha2-nistp256 \S+ public key for alias partner\n$/)
    })

    await t.test('a deleted key pair is gone at once', async () => {
      const channel = { httpAddressWithoutQuery: address, authenticationMethod: 'Client Certificate' }
      await tenant.deploy(await relayZip('relay', 'HTTPS', { ...channel, privateKeyAlias: 'flows' }), 'relay')
      assert.equal(await call(), '200 flows')
      assert.equal((await sluice(['keystore', 'delete', 'Flows'])).out, 'Deleted Flows.\n')
      assert.match(await call(), /^500 .*key pair "flows" in the keystore, found none/)
    })
  })
})
