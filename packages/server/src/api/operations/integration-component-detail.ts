import { readRuntime } from '../odata/permissions.ts'
import { artifactInformation, wantedDeployment } from './artifact-information.ts'
import type { Command } from './command.ts'

/** Shows one deployed artifact (`artifactId`) with its endpoints and log level. */
export const integrationComponentDetail: Command = {
  name: 'com.sap.it.op.tmn.commands.dashboard.webui.IntegrationComponentDetailCommand',
  method: 'GET',
  doc: 'Shows one deployed artifact with its endpoints and log level: `artifactId`.',
  roles: readRuntime,
  async run(parameters, context) {
    const deployment = await wantedDeployment(parameters, 'artifactId', context)
    const logLevel = context.logLevels.of(deployment.id)
    const endpoints = context.deployer.endpoints().filter(({ artifactId }) => artifactId === deployment.id)
    return {
      artifactInformation: await artifactInformation(deployment, context),
      logConfiguration: { logLevel, traceActive: logLevel === 'TRACE' },
      endpoints: endpoints.map(({ url }) => url),
      endpointInformation: endpoints.map(({ protocol, url }) => ({
        protocol,
        endpointInstances: [{ endpointCategory: 'ENTRY_POINT', endpointUrl: url }],
      })),
    }
  },
}
