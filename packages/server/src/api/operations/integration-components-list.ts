import { readRuntime } from '../odata/permissions.ts'
import { artifactInformation } from './artifact-information.ts'
import type { Command } from './command.ts'

/** Lists what is deployed. */
export const integrationComponentsList: Command = {
  name: 'com.sap.it.op.tmn.commands.dashboard.webui.IntegrationComponentsListCommand',
  method: 'GET',
  doc: 'Lists what is deployed.',
  roles: readRuntime,
  async run(_parameters, context) {
    const deployments = await context.store.deployments.list({})
    return {
      artifactInformations: await Promise.all(deployments.map(deployment => artifactInformation(deployment, context))),
    }
  },
}
