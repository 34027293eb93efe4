import { createPrivateKey } from 'node:crypto'
import { ODataError } from '@sluice/odata'
import { keyPairOf } from '../../keystore/key-material.ts'
import { bytesOfText, pemOf } from '../../keystore/pem.ts'
import { aliasProperties } from './certificate-properties.ts'
import { type EntitySetApi, type ODataContext, type Told, textOf } from './definition.ts'
import { checkVerified } from './keystore-import.ts'
import { aliasOf, backToEntry, entriesTold, entryOf, findForm } from './keystore-rows.ts'
import { changeKeystore, readRuntime } from './permissions.ts'

/** Largest reply of an authority, in bytes, as the original takes it. */
const chainBytesMax = 30_720

/**
 * The chain of a key pair at `$value`, as PKCS #7. PUT there gives a key pair the certificates that an authority has made for
 * its signing request; the caller says by `fingerprintVerified=true` that the authority is the right one.
 */
export const certificateChainResources: EntitySetApi = {
  clients: ['contiva'],
  options: ['fingerprintVerified'],
  set: {
    name: 'CertificateChainResources',
    type: {
      name: 'CertificateChainResource',
      key: ['Hexalias'],
      hasStream: true,
      properties: aliasProperties,
      navigations: {
        KeystoreEntry: {
          target: 'KeystoreEntries',
          many: false,
          association: 'A_KeystoreEntry_CertificateChainResource',
        },
      },
    },
  },
  roles: readRuntime,
  find: findForm,
  async media(row, context) {
    const entry = await entryOf(row, context)
    if (!entry) return undefined
    // As below: what reads and writes key files is loaded by who needs it.
    const { makePkcs7 } = await import('../../keystore/pkcs7.ts')
    return {
      contentType: 'application/x-pkcs7-certificates',
      fileName: `${textOf(row, 'Alias')}.p7b`,
      body: pemOf('PKCS7', makePkcs7(entry.certificates)),
    }
  },
  putMedia: { roles: changeKeystore, status: 202, run: (key, text, context) => putChain(aliasOf(key), text, context) },
  navigations: { KeystoreEntry: backToEntry },
}

async function putChain(alias: string, text: string, context: ODataContext): Promise<Told | undefined> {
  const { store, user, now } = context
  const bytes = bytesOfText(text)
  if (bytes.length > chainBytesMax) {
    throw new ODataError('invalid-value', `Expected a chain of at most ${chainBytesMax} bytes, found ${bytes.length}`)
  }
  const found = await store.keystore.keyPair(alias)
  if (!found) throw new ODataError('not-found', `Expected a key pair "${alias}" in the keystore, found none`)
  const key = createPrivateKey({ key: Buffer.from(found.privateKey), format: 'der', type: 'pkcs8' })
  // Not before it is needed: its libraries take 12 MB and a tenth of a second at start.
  const { readChain } = await import('../../keystore/read-chain.ts')
  const pair = keyPairOf(key, readChain(bytes))
  const top = pair.certificates.at(-1)
  if (!top) throw new Error('Expected a chain of certificates')
  checkVerified(top, context)
  if (await store.keystore.certify(alias, pair, { by: user, at: now })) return entriesTold(context)
  throw new ODataError('duplicate', `Expected key pair "${alias}" to stay as it was, found it changed meanwhile`)
}
