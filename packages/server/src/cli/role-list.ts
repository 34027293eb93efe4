import { defineCommand } from './line/command.ts'
import { table } from './line/table.ts'
import { accountPath, applicationOption, roleUsersPath } from './remote/account.ts'
import { Server, serverOptions } from './remote/server.ts'

interface Role {
  readonly name: string
  readonly type: string
  readonly applicationName: string
}

export const roleList = defineCommand({
  name: 'role list',
  summary: 'List roles and who has them.',
  description:
    'With a user: the roles assigned to that user, in every application. Without: the roles of one application and the users that have each of them directly.',
  arguments: { user: { doc: 'The user.', optional: true } },
  options: { ...serverOptions, application: applicationOption },
  examples: [
    { line: 'sluice role list', doc: 'Who may call flows.' },
    { line: 'sluice role list oauth_client_hello', doc: 'What client hello may do.' },
  ],
  async run({ user }, options, terminal) {
    const server = new Server(options, terminal)
    const rows =
      user === undefined ? await rolesOfApplication(server, options.application) : await rolesOf(server, user)
    if (options.json) terminal.out(`${JSON.stringify({ roles: rows })}\n`)
    else if (rows.length === 0) terminal.err(`${user} has no roles; "sluice role assign" gives one.\n`)
    else {
      terminal.out(
        table(
          ['APPLICATION', 'ROLE', 'TYPE', ...(user === undefined ? ['USERS'] : [])],
          rows.map(row => [row.application, row.role, row.type, ...(row.users ? [row.users.join(', ')] : [])]),
        ),
      )
    }
    return 0
  },
})

interface Row {
  readonly application: string
  readonly role: string
  readonly type: string
  readonly users?: readonly string[]
}

async function rolesOf(server: Server, user: string): Promise<Row[]> {
  const path = `${await accountPath(server)}/users/roles?userId=${encodeURIComponent(user)}`
  const { roles } = await server.json<{ roles: Role[] }>('GET', path)
  return roles.map(({ name, type, applicationName }) => ({ application: applicationName, role: name, type }))
}

async function rolesOfApplication(server: Server, name: string): Promise<Row[]> {
  const application = await server.application(name)
  const path = `${await accountPath(server)}/apps/${encodeURIComponent(application)}/roles`
  const { roles } = await server.json<{ roles: Role[] }>('GET', path)
  return Promise.all(
    roles.map(async ({ name: role, type }) => {
      const reply = await server.json<{ users: { name: string }[] }>(
        'GET',
        await roleUsersPath(server, application, role),
      )
      return { application, role, type, users: reply.users.map(user => user.name) }
    }),
  )
}
