import { setImmediate } from 'node:timers/promises'
import { type EntityRow, type EntityType, queryRows } from '@sluice/odata'
import { describeCertificate } from '../../keystore/certificate.ts'
import type { KeystoreEntry } from '../../store/store.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { hexOf, textOfHex } from './hex-text.ts'
import { changeKeystore, readRuntime } from './permissions.ts'

/** Alias and key of everything that is about one entry of the keystore. */
export const aliasProperties = {
  Hexalias: { type: 'Edm.String', nullable: false },
  Alias: { type: 'Edm.String', nullable: false },
} as const satisfies EntityType['properties']

const fingerprintProperties = {
  FingerprintSha1: { type: 'Edm.String' },
  FingerprintSha256: { type: 'Edm.String' },
  FingerprintSha512: { type: 'Edm.String' },
} as const satisfies EntityType['properties']

/** The keystore: key pairs and trusted certificates. What can be told of private keys is what their certificates say. */
export const keystoreEntries: EntitySetApi = {
  set: {
    name: 'KeystoreEntries',
    type: {
      name: 'KeystoreEntry',
      key: ['Hexalias'],
      properties: {
        ...aliasProperties,
        KeyType: { type: 'Edm.String' },
        KeySize: { type: 'Edm.Int32' },
        ValidNotBefore: { type: 'Edm.DateTimeOffset' },
        ValidNotAfter: { type: 'Edm.DateTimeOffset' },
        SerialNumber: { type: 'Edm.String' },
        SignatureAlgorithm: { type: 'Edm.String' },
        EllipticCurve: { type: 'Edm.String' },
        Validity: { type: 'Edm.String' },
        SubjectDN: { type: 'Edm.String' },
        IssuerDN: { type: 'Edm.String' },
        Version: { type: 'Edm.Int32' },
        ...fingerprintProperties,
        Type: { type: 'Edm.String' },
        Owner: { type: 'Edm.String' },
        LastModifiedBy: { type: 'Edm.String' },
        LastModifiedTime: { type: 'Edm.DateTimeOffset' },
        CreatedBy: { type: 'Edm.String' },
        CreatedTime: { type: 'Edm.DateTimeOffset' },
        Status: { type: 'Edm.String' },
      },
      navigations: {
        ChainCertificates: { target: 'ChainCertificates', many: true, association: 'CertificateChainOfKeyPair' },
        Certificate: {
          target: 'CertificateResources',
          many: false,
          association: 'A_KeystoreEntry_CertificateResource',
        },
      },
    },
  },
  roles: readRuntime,
  ignoresFormat: true,
  list: async (query, context) => queryRows(await rows(context), query),
  count: async (query, context) => queryRows(await rows(context), query).length,
  async find(key, context) {
    const found = await context.store.keystore.find(aliasOf(key))
    return found && entryRow(found, context.now)
  },
  delete: {
    roles: changeKeystore,
    status: 202,
    async run(row, { store }) {
      await store.keystore.delete(textOf(row, 'Alias'))
    },
  },
  navigations: {
    ChainCertificates: {
      list: async (entry, query, context) => queryRows(await chainRows(entry, context), query),
      count: async (entry, query, context) => queryRows(await chainRows(entry, context), query).length,
      find: async (entry, key, context) => (await chainRows(entry, context)).find(({ Index }) => Index === key.Index),
    },
    Certificate: { get: async entry => ({ Hexalias: textOf(entry, 'Hexalias'), Alias: textOf(entry, 'Alias') }) },
  },
}

/** The certificates of a key pair, its own first; reached through `KeystoreEntries`. */
export const chainCertificates: EntitySetApi = {
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
    },
  },
  roles: readRuntime,
}

/** The alias in a key. Throws `ODataError`. */
export function aliasOf(key: Parameters<typeof textOf>[0]): string {
  return textOfHex('Hexalias', textOf(key, 'Hexalias'))
}

async function rows({ store, now }: ODataContext): Promise<EntityRow[]> {
  const shown: EntityRow[] = []
  for (const entry of await store.keystore.list()) {
    shown.push(entryRow(entry, now))
    // Reading a certificate takes 0.2 ms, and there may be a thousand.
    if (shown.length % 50 === 0) await setImmediate()
  }
  return shown
}

/** What is shown of an entry. */
export function entryRow(entry: KeystoreEntry, now: number): EntityRow {
  const [own] = entry.certificates
  if (!own) throw new Error(`Expected a certificate in "${entry.alias}"`)
  return {
    ...aliasRow(entry.alias),
    ...certificateRow(own, now),
    Type: entry.kind === 'key-pair' ? 'Key Pair' : 'Certificate',
    Owner: 'Tenant Administrator',
    LastModifiedBy: entry.modifiedBy,
    LastModifiedTime: entry.modifiedAt,
    CreatedBy: entry.createdBy,
    CreatedTime: entry.createdAt,
    Status: null,
  }
}

async function chainRows(entry: EntityRow, { store, now }: ODataContext): Promise<EntityRow[]> {
  const certificates = (await store.keystore.certificates(textOf(entry, 'Alias'))) ?? []
  return certificates.map((certificate, Index) => ({
    ...aliasRow(textOf(entry, 'Alias')),
    Index,
    ...certificateRow(certificate, now),
  }))
}

function aliasRow(alias: string): EntityRow {
  return { Hexalias: hexOf(alias), Alias: alias }
}

function certificateRow(der: Uint8Array, now: number): EntityRow {
  const certificate = describeCertificate(der)
  const { validFrom, validTo, fingerprints } = certificate
  return {
    KeyType: certificate.keyType,
    KeySize: certificate.keySize,
    ValidNotBefore: validFrom,
    ValidNotAfter: validTo,
    SerialNumber: certificate.serialNumber,
    SignatureAlgorithm: certificate.signatureAlgorithm,
    EllipticCurve: certificate.curve,
    Validity: now < validFrom ? 'NOT_YET_VALID' : now > validTo ? 'EXPIRED' : 'VALID',
    SubjectDN: certificate.subject,
    IssuerDN: certificate.issuer,
    Version: 3,
    FingerprintSha1: fingerprints.sha1,
    FingerprintSha256: fingerprints.sha256,
    FingerprintSha512: fingerprints.sha512,
  }
}
