import { defineCommand } from './line/command.ts'
import { applicationOption, roleUsersPath } from './remote/account.ts'
import { Server, serverOptions } from './remote/server.ts'

export const roleAssign = defineCommand({
  name: 'role assign',
  summary: 'Give a user a role.',
  description:
    'Gives a user a role of an application. The user of an OAuth client is oauth_client_<client id>; it may be assigned before the client exists. Takes effect with the next call.',
  arguments: { user: { doc: 'The user.' }, role: { doc: 'The role, such as ESBMessaging.send (case-sensitive).' } },
  options: { ...serverOptions, application: applicationOption },
  examples: [
    { line: 'sluice role assign oauth_client_hello ESBMessaging.send', doc: 'Let client hello call flows.' },
    {
      line: 'sluice role assign oauth_client_pipeline AuthGroup.IntegrationDeveloper --application tmn',
      doc: 'Let client pipeline deploy flows over the API.',
    },
  ],
  async run({ user, role }, options, terminal) {
    const server = new Server(options, terminal)
    const application = await server.application(options.application)
    await server.request('PUT', await roleUsersPath(server, application, role), { json: { users: [{ name: user }] } })
    terminal.out(
      options.json
        ? `${JSON.stringify({ user, application, role })}\n`
        : `${user} has role ${role} of application ${application}.\n`,
    )
    return 0
  },
})
