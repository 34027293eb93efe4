import { ODataError } from '@sluice/odata'
import { aliasProperties, subjectProperties } from './certificate-properties.ts'
import { certificateRequestOf, hashOf, lifetimeMs } from './certificate-request.ts'
import type { EntitySetApi } from './definition.ts'
import { hexOf } from './hex-text.ts'
import { givenBytes, newAlias, putIntoKeystore, toldOr } from './keystore-import.ts'
import { changeKeystore, readRuntime } from './permissions.ts'

/** Largest private key, in bytes, as the original declares it. */
const keyBytesMax = 10_000

/** Makes key pairs of RSA keys that somebody has: `RSAFile` is base64 of PEM. The key is never given out. */
export const rsaKeyGenerationRequests: EntitySetApi = {
  clients: ['contiva'],
  options: ['update', 'returnKeystoreEntries'],
  set: {
    name: 'RSAKeyGenerationRequests',
    type: {
      name: 'RSAKeyGenerationRequest',
      key: ['Hexalias'],
      properties: {
        ...aliasProperties,
        RSAFile: { type: 'Edm.Binary', nullable: false },
        SignatureAlgorithm: { type: 'Edm.String' },
        ValidNotBefore: { type: 'Edm.DateTimeOffset' },
        ValidNotAfter: { type: 'Edm.DateTimeOffset' },
        SerialNumber: { type: 'Edm.String' },
        ...subjectProperties,
      },
    },
  },
  roles: readRuntime,
  create: {
    roles: changeKeystore,
    async run(body, context) {
      const alias = newAlias(body)
      const text = Buffer.from(givenBytes(body, 'RSAFile', keyBytesMax)).toString('latin1')
      if (!/BEGIN (RSA )?PRIVATE KEY/.test(text)) {
        throw new ODataError('invalid-value', 'Expected "RSAFile" to be an RSA key in PEM, found something else')
      }
      const hash = hashOf({ SignatureAlgorithm: 'SHA-256/RSA', ...body }, 'RSA')
      const request = certificateRequestOf(body, hash, context.now, lifetimeMs.uploaded)
      const pair = await context.keystoreProcess('certify', { text, password: '', request, family: 'RSA' })
      await putIntoKeystore(alias, pair, context)
      return toldOr({ ...body, Hexalias: hexOf(alias), Alias: alias, RSAFile: new Uint8Array() }, context)
    },
  },
}
