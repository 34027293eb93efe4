import { sshPublicKey } from '../../keystore/ssh-public-key.ts'
import { aliasProperties } from './certificate-properties.ts'
import { type EntitySetApi, textOf } from './definition.ts'
import { backToEntry, entryOf, findForm } from './keystore-rows.ts'
import { readRuntime } from './permissions.ts'

/** Public keys of entries at `$value`, as a line that SSH servers know. */
export const sshKeyResources: EntitySetApi = {
  clients: ['odata-mcp-proxy'],
  set: {
    name: 'SSHKeyResources',
    type: {
      name: 'SSHKeyResource',
      key: ['Hexalias'],
      hasStream: true,
      properties: aliasProperties,
      navigations: {
        KeystoreEntry: { target: 'KeystoreEntries', many: false, association: 'A_KeystoreEntry_SSHKeyResource' },
      },
    },
  },
  roles: readRuntime,
  find: findForm,
  async media(row, context) {
    const alias = textOf(row, 'Alias')
    const [own] = (await entryOf(row, context))?.certificates ?? []
    if (!own) return undefined
    const body = await sshPublicKey(own, `public key for alias ${alias}`)
    return { contentType: 'text/plain;charset=utf-8', fileName: `${alias}.pub`, body }
  },
  navigations: { KeystoreEntry: backToEntry },
}
