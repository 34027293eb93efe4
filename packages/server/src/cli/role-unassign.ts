import { defineCommand } from './line/command.ts'
import { applicationOption, roleUsersPath } from './remote/account.ts'
import { Server, serverOptions } from './remote/server.ts'

export const roleUnassign = defineCommand({
  name: 'role unassign',
  summary: 'Take a role from a user.',
  description:
    'Takes a role of an application from a user. Roles that come from a group stay. Takes effect with the next call.',
  arguments: { user: { doc: 'The user.' }, role: { doc: 'The role (case-sensitive).' } },
  options: { ...serverOptions, application: applicationOption },
  examples: [
    { line: 'sluice role unassign oauth_client_hello ESBMessaging.send', doc: 'Client hello may not call flows.' },
  ],
  async run({ user, role }, options, terminal) {
    const server = new Server(options, terminal)
    const application = await server.application(options.application)
    const path = await roleUsersPath(server, application, role)
    await server.request('DELETE', `${path}&users=${encodeURIComponent(user)}`)
    terminal.out(
      options.json
        ? `${JSON.stringify({ user, application, role })}\n`
        : `${user} no longer has role ${role} of application ${application} directly.\n`,
    )
    return 0
  },
})
