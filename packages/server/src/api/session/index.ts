import type { FastifyInstance, FastifyReply } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import type { PasswordVerdict } from '../../http/authentication.ts'
import { type Csrf, sessionIdOf } from '../../http/csrf.ts'
import { Problem } from '../../http/problem.ts'
import { noBody } from '../../http/route-description.ts'
import type { RolesCatalogue } from '../../identity/roles-catalogue.ts'
import type { Sessions } from '../../identity/sessions.ts'
import type { Roles } from '../../store/store.ts'
import * as schemas from './schemas.ts'

export interface SessionApiOptions {
  readonly sessions: Sessions
  readonly csrf: Csrf
  readonly verifyPassword: (name: string, password: string, address: string) => Promise<PasswordVerdict>
  readonly roles: Pick<Roles, 'effectiveOfUser'>
  readonly catalogue: RolesCatalogue
}

const tags = ['Session']
const path = '/api/session/v1'
const config = { security: [{ session: [] }] }

/**
 * Sign-in and sign-out of users of the local identity provider (ours). The session is a cookie; with it all APIs but message
 * endpoints and the token endpoint let the user in, and want the CSRF token of the session for changes.
 */
export function registerSessionApi(app: FastifyInstance, options: SessionApiOptions): void {
  const { sessions, csrf, verifyPassword } = options
  app.register(async api => {
    // A form of another site can send text/plain, but not JSON.
    api.removeContentTypeParser('text/plain')

    api.post<{ Body: FromSchema<typeof schemas.credentials> }>(
      path,
      { schema: { tags, summary: 'Sign in', body: schemas.credentials, response: { 201: schemas.session } } },
      async ({ body: { user, password }, ip, raw }, reply) => {
        const verdict = await verifyPassword(user, password, ip)
        if (!verdict.accepted) throw refused(verdict)
        const before = sessionIdOf(raw)
        if (before) await sessions.end(before)
        // A session that was there before sign-in may be known to somebody else.
        const id = await sessions.begin(verdict.user)
        return reply.code(201).send(await describe(id, reply, options))
      },
    )

    api.get(
      path,
      { config, schema: { tags, summary: 'Read who is signed in', response: { 200: schemas.session } } },
      async ({ raw }, reply) => describe(sessionIdOf(raw), reply, options),
    )

    api.delete(
      path,
      { config, schema: { tags, summary: 'Sign out', response: { 204: noBody } } },
      async ({ raw }, reply) => {
        const id = sessionIdOf(raw)
        if (id && !csrf.isValid(raw)) throw csrf.refusal()
        if (id) await sessions.end(id)
        return reply.code(204).header('set-cookie', csrf.endOfCookie()).send()
      },
    )
  })
}

async function describe(id: string | undefined, reply: FastifyReply, options: SessionApiOptions) {
  const { sessions, csrf, roles, catalogue } = options
  const session = id === undefined ? undefined : await sessions.find(id)
  if (id === undefined || session === undefined) {
    throw new Problem(401, 'not-signed-in', 'Nobody is signed in, or the session has expired. Sign in.')
  }
  const grant = csrf.grant(id)
  reply.header('x-csrf-token', grant.token).header('set-cookie', grant.cookie)
  const assigned = await roles.effectiveOfUser(session.user)
  return {
    user: session.user,
    expiresAt: new Date(session.expiresAt).toISOString(),
    subaccount: catalogue.subaccount,
    roles: assigned.flatMap(({ application, role }) =>
      catalogue.expand({ application, role }).map(name => ({ application, role: name })),
    ),
  }
}

function refused({ reason, retryAfter }: Extract<PasswordVerdict, { accepted: false }>): Problem {
  if (retryAfter === undefined)
    return new Problem(401, 'wrong-credentials', 'User name or password is wrong.', { reason })
  const headers = { 'retry-after': String(retryAfter) }
  return new Problem(429, 'too-many-attempts', 'Too many attempts failed. Wait, then try again.', { reason, headers })
}
