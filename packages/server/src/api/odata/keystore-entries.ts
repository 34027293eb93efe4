import { type EntityBody, type EntityRow, ODataError, queryRows } from '@sluice/odata'
import { aliasProperties, fingerprintProperties, keyProperties } from './certificate-properties.ts'
import { checkLine } from './check-id.ts'
import { type EntitySetApi, type ODataContext, type Told, textOf } from './definition.ts'
import { hexOf } from './hex-text.ts'
import { aliasLengthMax } from './keystore-import.ts'
import {
  askedKeystore,
  chainRows,
  countEntries,
  entriesTold,
  entryOf,
  findEntry,
  formOfEntry,
  keystoreNameOf,
  keystoreRow,
  listEntries,
  rowOfEntry,
  signingForm,
} from './keystore-rows.ts'
import { changeKeystore, readRuntime } from './permissions.ts'

/** Entries of keystores: key pairs and trusted certificates. What can be told of private keys is what their certificates say. */
export const keystoreEntries: EntitySetApi = {
  clients: ['contiva', 'CPI Helper', 'odata-mcp-proxy'],
  options: ['keystoreName', 'renameAlias', 'returnHexAlias'],
  set: {
    name: 'KeystoreEntries',
    type: {
      name: 'KeystoreEntry',
      key: ['Hexalias'],
      properties: {
        ...aliasProperties,
        ...keyProperties,
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
        Certificate: formDeclared('CertificateResources', 'CertificateResource'),
        Sshkey: formDeclared('SSHKeyResources', 'SSHKeyResource'),
        Keystore: { target: 'Keystores', many: false, association: 'EntriesOfKeystore' },
        ChainResource: formDeclared('CertificateChainResources', 'CertificateChainResource'),
        SigningRequest: formDeclared('CertificateSigningRequests', 'CertificateSigningRequest'),
      },
    },
  },
  roles: readRuntime,
  ignoresFormat: true,
  list: (query, context) => listEntries(askedKeystore(context), query, context),
  count: (query, context) => countEntries(askedKeystore(context), query, context),
  async find(key, context) {
    const found = await findEntry(key, context)
    return found && rowOfEntry(found.entry, found.name, context.now)
  },
  update: { roles: changeKeystore, status: 202, run: renameEntry },
  delete: { roles: changeKeystore, status: 202, run: deleteEntry },
  navigations: {
    ChainCertificates: {
      list: async (row, query, context) => queryRows(await chainOf(row, context), query),
      count: async (row, query, context) => queryRows(await chainOf(row, context), query).length,
      find: async (row, key, context) => (await chainOf(row, context)).find(({ Index }) => Index === key.Index),
    },
    Certificate: formOfEntry(),
    Sshkey: formOfEntry(),
    Keystore: { get: (row, context) => keystoreRow(keystoreNameOf(row), context) },
    ChainResource: formOfEntry('key-pair'),
    SigningRequest: signingForm,
  },
}

function formDeclared(target: string, type: string) {
  return { target, many: false, association: `A_KeystoreEntry_${type}` }
}

async function chainOf(row: EntityRow, context: ODataContext): Promise<EntityRow[]> {
  const entry = await entryOf(row, context)
  return entry ? chainRows(entry, keystoreNameOf(row), context.now) : []
}

/** `PUT KeystoreEntries('hex')?renameAlias=new`. The documentation wants a body with a property that is null; any will do. */
async function renameEntry(row: EntityRow, _body: EntityBody, context: ODataContext): Promise<Told | undefined> {
  checkIsCurrent(row)
  const { store, options, user, now } = context
  const to = checkLine({ renameAlias: options.get('renameAlias') ?? null }, 'renameAlias', aliasLengthMax)
  await store.keystore.rename(textOf(row, 'Alias'), to, { by: user, at: now })
  if (options.get('returnHexAlias') === 'true') return { text: `[${hexOf(to)}]` }
  return entriesTold(context)
}

async function deleteEntry(row: EntityRow, context: ODataContext): Promise<Told | undefined> {
  checkIsCurrent(row)
  await context.store.keystore.delete([textOf(row, 'Alias')], { by: context.user, at: context.now })
  return entriesTold(context)
}

function checkIsCurrent(row: EntityRow): void {
  const name = keystoreNameOf(row)
  if (name === 'system') return
  throw new ODataError(
    'invalid-value',
    `Expected an entry of keystore system, found one of ${name}, which stays as it is`,
  )
}
