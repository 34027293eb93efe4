import type { CredentialKind, DeployedCredential } from '../../store/store.ts'
import { readMonitoring } from '../odata/permissions.ts'
import type { Command, CommandObject } from './command.ts'

const kinds: readonly CredentialKind[] = ['user', 'oauth2-client', 'secure-parameter']

/** What the original calls them, as far as it is known. */
const tags: Readonly<Record<CredentialKind, readonly CommandObject[]>> = {
  user: [{ name: 'sec:credential.kind', value: 'default' }],
  'oauth2-client': [
    { name: 'sec:credential.kind', value: 'oauth2:default' },
    { name: 'sec:grant.type', value: 'client_credentials' },
  ],
  'secure-parameter': [],
}

/** Names of the security material that flows can refer to, never secrets. */
export const securityMaterialsList: Command = {
  name: 'com.sap.it.km.api.commands.SecurityMaterialsListCommand',
  method: 'GET',
  roles: readMonitoring,
  async run(_parameters, { store }) {
    const found = await Promise.all(kinds.map(kind => store.credentials.ofKind(kind).list({})))
    return { artifactInformations: found.flat().map(describe) }
  },
}

function describe({ name, kind, deployedBy, deployedAt }: DeployedCredential): CommandObject {
  return {
    name,
    deployState: 'DEPLOYED',
    deployedBy,
    deployedOn: new Date(deployedAt).toISOString().slice(0, -1),
    tags: tags[kind],
  }
}
