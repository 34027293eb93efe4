import { readRuntime } from '../odata/permissions.ts'
import type { Command } from './command.ts'

/** Names and IDs of what is deployed: what message processing logs can be of. */
export const knownArtifactsList: Command = {
  name: 'com.sap.it.op.tmn.commands.dashboard.webui.KnownArtifactsListCommand',
  method: 'GET',
  doc: 'Lists names and IDs of what is deployed.',
  roles: readRuntime,
  async run(_parameters, { store }) {
    const deployments = await store.deployments.list({})
    return { knownArtifacts: deployments.map(({ id, name }) => ({ symbolicName: id, name })) }
  },
}
