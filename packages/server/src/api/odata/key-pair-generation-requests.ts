import { aliasProperties, keyProperties, subjectProperties } from './certificate-properties.ts'
import { certificateRequestOf, hashOf, keyOf, lifetimeMs } from './certificate-request.ts'
import type { EntitySetApi } from './definition.ts'
import { hexOf } from './hex-text.ts'
import { newAlias, putIntoKeystore, toldOr } from './keystore-import.ts'
import { changeKeystore, readRuntime } from './permissions.ts'

/** Generates key pairs with a certificate that they sign themselves. */
export const keyPairGenerationRequests: EntitySetApi = {
  clients: ['contiva'],
  options: ['update', 'returnKeystoreEntries'],
  set: {
    name: 'KeyPairGenerationRequests',
    type: {
      name: 'KeyPairGenerationRequest',
      key: ['Hexalias'],
      properties: {
        ...aliasProperties,
        ...keyProperties,
        KeyAlgorithmParameter: { type: 'Edm.String' },
        ...subjectProperties,
        Extensions: { type: 'Edm.Binary' },
      },
    },
  },
  roles: readRuntime,
  create: {
    roles: changeKeystore,
    async run(body, context) {
      const alias = newAlias(body)
      const key = keyOf(body)
      const request = certificateRequestOf(body, hashOf(body, key.type), context.now, lifetimeMs.generated)
      await putIntoKeystore(alias, await context.keystoreProcess('generate', { ...request, key }), context)
      return toldOr({ ...body, Hexalias: hexOf(alias), Alias: alias, Extensions: request.extensions }, context)
    },
  },
}
