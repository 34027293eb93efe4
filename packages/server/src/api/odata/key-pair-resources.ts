import { aliasProperties } from './certificate-properties.ts'
import type { EntitySetApi } from './definition.ts'
import { hexOf } from './hex-text.ts'
import { givenBytes, newAlias, putIntoKeystore, toldOr } from './keystore-import.ts'
import { changeKeystore, readRuntime } from './permissions.ts'

/** Largest file in bytes; ten times what the original takes, for PEM with long chains. */
const resourceBytesMax = 300_720

/** Imports key pairs: `Resource` is base64 of PKCS #12 or, here, of PEM. Neither it nor the password is ever given out. */
export const keyPairResources: EntitySetApi = {
  clients: ['contiva'],
  options: ['update', 'returnKeystoreEntries'],
  set: {
    name: 'KeyPairResources',
    type: {
      name: 'KeyPairResource',
      key: ['Hexalias'],
      properties: { ...aliasProperties, Resource: { type: 'Edm.Binary' }, Password: { type: 'Edm.String' } },
    },
  },
  roles: readRuntime,
  create: {
    roles: changeKeystore,
    async run(body, context) {
      const alias = newAlias(body)
      const bytes = givenBytes(body, 'Resource', resourceBytesMax)
      await putIntoKeystore(
        alias,
        await context.keystoreProcess('read', { bytes, password: String(body.Password ?? '') }),
        context,
      )
      return toldOr({ Hexalias: hexOf(alias), Alias: alias }, context)
    },
  },
}
