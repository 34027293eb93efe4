import type { CredentialKind, DeployedCredential } from '../../store/store.ts'
import { readMonitoring } from '../odata/permissions.ts'
import type { Command, CommandObject } from './command.ts'

const kinds: readonly CredentialKind[] = ['user', 'oauth2-client', 'secure-parameter']

/** What the original calls a kind, as far as it is known. */
function tagsOf({ kind, attributes }: DeployedCredential): CommandObject[] {
  switch (kind) {
    case 'user':
      return [{ name: 'sec:credential.kind', value: attributes.kind ?? 'default' }]
    case 'oauth2-client':
      return [
        { name: 'sec:credential.kind', value: 'oauth2:default' },
        { name: 'sec:grant.type', value: 'client_credentials' },
      ]
    case 'secure-parameter':
      return []
  }
}

/** Names of the security material that flows can refer to, never secrets. */
export const securityMaterialsList: Command = {
  name: 'com.sap.it.km.api.commands.SecurityMaterialsListCommand',
  method: 'GET',
  doc: 'Lists the names of security material, never secrets.',
  roles: readMonitoring,
  async run(_parameters, { store }) {
    const found = await Promise.all(kinds.map(kind => store.credentials.ofKind(kind).list({})))
    return { artifactInformations: found.flat().map(describe) }
  },
}

function describe(credential: DeployedCredential): CommandObject {
  return {
    name: credential.name,
    deployState: 'DEPLOYED',
    deployedBy: credential.deployedBy,
    deployedOn: new Date(credential.deployedAt).toISOString().slice(0, -1),
    tags: tagsOf(credential),
  }
}
