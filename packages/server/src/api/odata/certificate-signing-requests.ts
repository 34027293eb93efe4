import { pemOf } from '../../keystore/pem.ts'
import { type EntitySetApi, textOf } from './definition.ts'
import { backToEntry, findForm, signingForm } from './keystore-rows.ts'
import { readRuntime } from './permissions.ts'

/** Requests to certify key pairs at `$value`, for an authority: PKCS #10 as PEM. */
export const certificateSigningRequests: EntitySetApi = {
  clients: ['contiva'],
  set: {
    name: 'CertificateSigningRequests',
    type: {
      name: 'CertificateSigningRequest',
      key: ['Hexalias'],
      hasStream: true,
      properties: { Hexalias: { type: 'Edm.String', nullable: false } },
      navigations: {
        KeystoreEntry: {
          target: 'KeystoreEntries',
          many: false,
          association: 'A_KeystoreEntry_CertificateSigningRequest',
        },
      },
    },
  },
  roles: readRuntime,
  absent: 'Expected a key pair of keystore system to be certified, found none',
  async find(key, context) {
    const row = await findForm(key, context)
    return row && signingForm.get(row, context)
  },
  async media(row, { store }) {
    const alias = textOf(row, 'Alias')
    const pair = await store.keystore.keyPair(alias)
    if (!pair) return undefined
    // Not before it is needed: its libraries take 12 MB and a tenth of a second at start.
    const { makeSigningRequest } = await import('../../keystore/signing-request.ts')
    const body = pemOf('CERTIFICATE REQUEST', makeSigningRequest(pair))
    return { contentType: 'application/pkcs10', fileName: `${alias}.csr`, body }
  },
  navigations: { KeystoreEntry: backToEntry },
}
