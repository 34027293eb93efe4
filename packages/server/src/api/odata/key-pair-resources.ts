import { ODataError } from '@sluice/odata'
import { askKeystoreProcess } from '../../keystore/ask-keystore-process.ts'
import type { EntitySetApi } from './definition.ts'
import { hexOf } from './hex-text.ts'
import { aliasProperties } from './keystore-entries.ts'
import { newAlias, putIntoKeystore } from './keystore-import.ts'
import { changeKeystore, readRuntime } from './permissions.ts'

/** Largest file in bytes; ten times what the original takes, for PEM with long chains. */
const resourceBytesMax = 300_720

/** Imports key pairs: `Resource` is base64 of PKCS #12 or, here, of PEM. Neither it nor the password is ever given out. */
export const keyPairResources: EntitySetApi = {
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
      const bytes = new Uint8Array(Buffer.from(String(body.Resource ?? ''), 'base64'))
      if (bytes.length === 0 || bytes.length > resourceBytesMax) {
        const found = bytes.length === 0 ? 'none' : `${bytes.length} bytes`
        throw new ODataError(
          'invalid-value',
          `Expected "Resource" to be a file in base64 of at most ${resourceBytesMax} bytes, found ${found}`,
        )
      }
      const password = String(body.Password ?? '')
      await putIntoKeystore(alias, await askKeystoreProcess({ task: 'read', bytes, password }), context)
      return { Hexalias: hexOf(alias), Alias: alias }
    },
  },
}
