import { aliasProperties, fingerprintProperties } from './certificate-properties.ts'
import type { EntitySetApi } from './definition.ts'
import { backToEntry, chainRows, findEntry } from './keystore-rows.ts'
import { readRuntime } from './permissions.ts'

/** The certificates of an entry: those of a key pair begin with its own. */
export const chainCertificates: EntitySetApi = {
  clients: ['contiva'],
  set: {
    name: 'ChainCertificates',
    type: {
      name: 'ChainCertificate',
      key: ['Hexalias', 'Index'],
      properties: {
        ...aliasProperties,
        Index: { type: 'Edm.Int32', nullable: false },
        Validity: { type: 'Edm.String' },
        KeyType: { type: 'Edm.String' },
        KeySize: { type: 'Edm.Int32' },
        ValidNotBefore: { type: 'Edm.DateTimeOffset' },
        ValidNotAfter: { type: 'Edm.DateTimeOffset' },
        SubjectDN: { type: 'Edm.String' },
        IssuerDN: { type: 'Edm.String' },
        SerialNumber: { type: 'Edm.String' },
        SignatureAlgorithm: { type: 'Edm.String' },
        Version: { type: 'Edm.Int32' },
        ...fingerprintProperties,
      },
      navigations: {
        KeystoreEntry: { target: 'KeystoreEntries', many: false, association: 'CertificateChainOfKeyPair' },
      },
    },
  },
  roles: readRuntime,
  async find(key, context) {
    const found = await findEntry(key, context)
    return found && chainRows(found.entry, found.name, context.now).find(({ Index }) => Index === key.Index)
  },
  navigations: { KeystoreEntry: backToEntry },
}
