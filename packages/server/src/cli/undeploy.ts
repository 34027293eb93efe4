import { defineCommand } from './line/command.ts'
import { CommandError } from './line/errors.ts'
import { odataKey, Server, serverOptions } from './remote/server.ts'

export const undeploy = defineCommand({
  name: 'undeploy',
  summary: 'Stop a deployed flow.',
  description: 'Stops a deployed flow and forgets the deployment. The artifact stays in its package.',
  arguments: { id: { doc: "The flow's ID (Bundle-SymbolicName)." } },
  options: serverOptions,
  examples: [{ line: 'sluice undeploy hello', doc: 'Stop the flow hello.' }],
  async run({ id }, options, terminal) {
    const path = `/api/v1/IntegrationRuntimeArtifacts(${odataKey(id)})`
    const answer = await new Server(options, terminal).request('DELETE', path, { accepted: [404] })
    if (answer.status === 404) {
      throw new CommandError(
        `Expected a deployed flow, found none with ID "${id}"; "sluice status" lists those there are`,
      )
    }
    terminal.out(options.json ? `${JSON.stringify({ undeployed: id })}\n` : `Undeployed ${id}.\n`)
    return 0
  },
})
