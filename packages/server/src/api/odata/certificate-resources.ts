import { type EntityRow, ODataError } from '@sluice/odata'
import { readCertificate } from '../../keystore/certificate.ts'
import { checkLine } from './check-id.ts'
import { type EntitySetApi, textOf } from './definition.ts'
import { hexOf } from './hex-text.ts'
import { aliasOf, aliasProperties } from './keystore-entries.ts'
import { aliasLengthMax, putIntoKeystore } from './keystore-import.ts'
import { changeKeystore, readRuntime } from './permissions.ts'

/**
 * The certificate of an entry at `$value`, as PEM. PUT there adds a trusted certificate, PEM or its base64; the caller says
 * by `fingerprintVerified=true` that it is the right one.
 */
export const certificateResources: EntitySetApi = {
  set: {
    name: 'CertificateResources',
    type: { name: 'CertificateResource', key: ['Hexalias'], hasStream: true, properties: aliasProperties },
  },
  roles: readRuntime,
  async find(key, { store }): Promise<EntityRow | undefined> {
    const found = await store.keystore.find(aliasOf(key))
    return found && { Hexalias: hexOf(found.alias), Alias: found.alias }
  },
  async media(row, { store }) {
    const alias = textOf(row, 'Alias')
    const [own] = (await store.keystore.certificates(alias)) ?? []
    return own && { contentType: 'application/pkix-cert', fileName: `${alias}.cer`, body: pemOf(own) }
  },
  putMedia: {
    roles: changeKeystore,
    status: 202,
    async run(key, text, context) {
      const alias = checkLine({ Alias: aliasOf(key) }, 'Alias', aliasLengthMax)
      if (context.options.get('fingerprintVerified') !== 'true') {
        const message =
          'Expected query option fingerprintVerified=true, found none: compare its fingerprint with the one that its owner tells'
        throw new ODataError('invalid-value', message)
      }
      await putIntoKeystore(alias, { certificates: [readCertificate(bytesOf(text))] }, context)
    },
  },
}

/** PEM as it is, or base64 of PEM or DER. */
function bytesOf(text: string): Uint8Array {
  return text.includes('-----BEGIN') ? Buffer.from(text) : Buffer.from(text, 'base64')
}

/** RFC 7468 section 5. */
function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
