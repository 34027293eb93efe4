import { readCertificate } from '../../keystore/certificate.ts'
import { bytesOfText, pemOf } from '../../keystore/pem.ts'
import { aliasProperties } from './certificate-properties.ts'
import { checkLine } from './check-id.ts'
import { type EntitySetApi, textOf } from './definition.ts'
import { aliasLengthMax, checkVerified, putIntoKeystore } from './keystore-import.ts'
import { aliasOf, backToEntry, entriesTold, entryOf, findForm } from './keystore-rows.ts'
import { changeKeystore, readRuntime } from './permissions.ts'

/**
 * The certificate of an entry at `$value`, as PEM; with `rootCA=true` the last one of its chain. PUT there adds a trusted
 * certificate, PEM or its base64; the caller says by `fingerprintVerified=true` that it is the right one.
 */
export const certificateResources: EntitySetApi = {
  clients: ['contiva', 'odata-mcp-proxy'],
  options: ['fingerprintVerified', 'rootCA', 'update'],
  set: {
    name: 'CertificateResources',
    type: {
      name: 'CertificateResource',
      key: ['Hexalias'],
      hasStream: true,
      properties: aliasProperties,
      navigations: {
        KeystoreEntry: {
          target: 'KeystoreEntries',
          many: false,
          association: 'A_KeystoreEntry_CertificateResource',
        },
      },
    },
  },
  roles: readRuntime,
  find: findForm,
  async media(row, context) {
    const { certificates = [] } = (await entryOf(row, context)) ?? {}
    const isRoot = context.options.get('rootCA') === 'true'
    const certificate = certificates.at(isRoot ? -1 : 0)
    const fileName = `${textOf(row, 'Alias')}${isRoot ? '_rootCA' : ''}.cer`
    return certificate && { contentType: 'application/pkix-cert', fileName, body: pemOf('CERTIFICATE', certificate) }
  },
  putMedia: {
    roles: changeKeystore,
    status: 202,
    async run(key, text, context) {
      const alias = checkLine({ Alias: aliasOf(key) }, 'Alias', aliasLengthMax)
      const certificate = readCertificate(bytesOfText(text))
      checkVerified(certificate, context)
      await putIntoKeystore(alias, { certificates: [certificate] }, context)
      return entriesTold(context)
    },
  },
  navigations: { KeystoreEntry: backToEntry },
}
