import { createHash, X509Certificate } from 'node:crypto'
import { type EntityBody, type EntityRow, ODataError } from '@sluice/odata'
import { readCertificate } from '../../keystore/certificate.ts'
import type { CertificateUserMapping } from '../../store/store.ts'
import { checkLine } from './check-id.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { changeCertificateMappings, readRuntime } from './permissions.ts'

/** "maximum length of 8192 characters" */
const certificateLengthMax = 8_192

/** Mappings of one tenant: callers with certificates look through all of them. */
const mappingsMax = 10_000

/**
 * Which user a caller with a client certificate is. `Id` is the MD5 of the certificate's DER; POST of a certificate that is
 * mapped changes its user, as documented ("Security Content", e01d3f0). In the original's API, but not in its `$metadata`.
 */
export const certificateUserMappings: EntitySetApi = {
  clients: ['contiva', 'odata-mcp-proxy'],
  set: {
    name: 'CertificateUserMappings',
    type: {
      name: 'CertificateUserMapping',
      key: ['Id'],
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        User: { type: 'Edm.String', nullable: false },
        Certificate: { type: 'Edm.Binary', nullable: false },
        LastModifiedBy: { type: 'Edm.String' },
        LastModifiedTime: { type: 'Edm.DateTime' },
        CreatedBy: { type: 'Edm.String' },
        CreatedTime: { type: 'Edm.DateTime' },
        ValidUntil: { type: 'Edm.Int64' },
      },
    },
  },
  roles: readRuntime,
  list: async (query, { store }) => (await store.certificateUserMappings.list(query)).map(mappingRow),
  count: (query, { store }) => store.certificateUserMappings.count(query),
  async find(key, { store }) {
    const found = await store.certificateUserMappings.find(textOf(key, 'Id').toLowerCase())
    return found && mappingRow(found)
  },
  create: { roles: changeCertificateMappings, run: createMapping },
  delete: {
    roles: changeCertificateMappings,
    status: 204,
    async run(row, { store }) {
      await store.certificateUserMappings.delete(textOf(row, 'Id'))
    },
  },
}

async function createMapping(body: EntityBody, { store, user, now }: ODataContext): Promise<EntityRow> {
  const certificate = certificateOf(body)
  const id = createHash('md5').update(certificate).digest('hex')
  const existing = await store.certificateUserMappings.find(id)
  if (!existing && (await store.certificateUserMappings.count({})) >= mappingsMax)
    throw new ODataError('conflict', `Expected fewer than ${mappingsMax} mappings, found as many`)
  const mapping: CertificateUserMapping = {
    id,
    user: checkLine(body, 'User', 150),
    certificate,
    validUntil: new X509Certificate(certificate).validToDate.getTime(),
    createdBy: existing?.createdBy ?? user,
    createdAt: existing?.createdAt ?? now,
    modifiedBy: user,
    modifiedAt: now,
  }
  await store.certificateUserMappings.put(mapping)
  return mappingRow(mapping)
}

/** In base64, as PEM or DER; PEM also as it is. Throws `ODataError` and `KeystoreError`. */
function certificateOf({ Certificate: value }: EntityBody): Uint8Array {
  if (typeof value !== 'string' || value === '' || value.length > certificateLengthMax) {
    const expected = `Expected "Certificate" to be a certificate of at most ${certificateLengthMax} characters`
    throw new ODataError('invalid-value', `${expected}, found ${value ? 'more' : 'none'}`)
  }
  return readCertificate(value.startsWith('-----BEGIN') ? Buffer.from(value) : Buffer.from(value, 'base64'))
}

function mappingRow(mapping: CertificateUserMapping): EntityRow {
  return {
    Id: mapping.id,
    User: mapping.user,
    Certificate: Buffer.from(new X509Certificate(mapping.certificate).toString()),
    LastModifiedBy: mapping.modifiedBy,
    LastModifiedTime: mapping.modifiedAt,
    CreatedBy: mapping.createdBy,
    CreatedTime: mapping.createdAt,
    ValidUntil: BigInt(mapping.validUntil),
  }
}
