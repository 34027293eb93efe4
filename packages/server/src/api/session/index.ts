import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { startOf } from '../../end-user/external-sign-in-paths.ts'
import { rememberPrincipal } from '../../http/access.ts'
import { noteAudit } from '../../http/audited-routes.ts'
import type { PasswordVerdict } from '../../http/authentication.ts'
import { addressOf } from '../../http/client-address.ts'
import { type Csrf, sessionIdOf } from '../../http/csrf.ts'
import { Problem } from '../../http/problem.ts'
import { noBody } from '../../http/route-description.ts'
import type { Accounts } from '../../identity/accounts.ts'
import type { OidcSignIn } from '../../identity/oidc/oidc-sign-in.ts'
import { passwordProblem } from '../../identity/password-rules.ts'
import type { RolesCatalogue } from '../../identity/roles-catalogue.ts'
import type { Sessions, SignIn } from '../../identity/sessions.ts'
import type { Roles, Users } from '../../store/store.ts'
import * as schemas from './schemas.ts'

export interface SessionApiOptions {
  readonly sessions: Sessions
  readonly oidc: Pick<OidcSignIn, 'providers'>
  readonly csrf: Csrf
  readonly verifyPassword: (name: string, password: string, address: string) => Promise<PasswordVerdict>
  readonly accounts: Pick<Accounts, 'setPassword'>
  readonly users: Pick<Users, 'find' | 'findPasswordHash'>
  readonly roles: Pick<Roles, 'effectiveOfUser'>
  readonly catalogue: RolesCatalogue
}

type Refused = Extract<PasswordVerdict, { accepted: false }>

const tags = ['Session']
const path = '/api/session/v1'
/** Of a body, in bytes: anybody may send one. */
const bodyLimit = 16_384
/** Sign-in and sign-out are told by whoever checks passwords and by the sessions. */
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
      {
        bodyLimit,
        config: { audit: false },
        schema: { tags, summary: 'Sign in', body: schemas.credentials, response: { 201: schemas.session } },
      },
      async ({ body: { user, password }, raw }, reply) => {
        const address = addressOf(raw)
        const verdict = await verifyPassword(user, password, address)
        if (!verdict.accepted) throw refused(verdict)
        const { passwordHash } = verdict
        return reply.code(201).send(await begin({ user: verdict.user, passwordHash, address }, raw, reply, options))
      },
    )

    registerPasswordChange(api, options)
    registerProviders(api, options)

    api.get(
      path,
      { config, schema: { tags, summary: 'Read who is signed in', response: { 200: schemas.session } } },
      async ({ raw }, reply) => describe(sessionIdOf(raw), raw, reply, options),
    )

    api.delete(
      path,
      {
        bodyLimit,
        config: { ...config, audit: false },
        schema: { tags, summary: 'Sign out', response: { 204: noBody } },
      },
      async ({ raw }, reply) => {
        const id = sessionIdOf(raw)
        if (id && !csrf.isValid(raw)) throw csrf.refusal()
        if (id) await sessions.end(id, addressOf(raw))
        return reply.code(204).header('set-cookie', csrf.endOfCookie()).send()
      },
    )
  })
}

/** For whoever is about to sign in. */
function registerProviders(api: FastifyInstance, { oidc }: SessionApiOptions): void {
  api.get(
    `${path}/providers`,
    { schema: { tags, summary: 'List where else to sign in', response: { 200: schemas.providers } } },
    async () => ({ providers: (await oidc.providers()).map(name => ({ name, path: startOf(name, '/') })) }),
  )
}

/** For a user who is signed in, and for one whose password must be changed first: both show that they know the old one. */
function registerPasswordChange(api: FastifyInstance, options: SessionApiOptions): void {
  const { verifyPassword, accounts, users } = options
  api.post<{ Body: FromSchema<typeof schemas.passwordChange> }>(
    `${path}/password`,
    {
      bodyLimit,
      config: { audit: { object: 'password', action: 'update' } },
      schema: {
        tags,
        summary: "Change one's own password, which ends all sessions and revokes tokens, and sign in",
        body: schemas.passwordChange,
        response: { 201: schemas.session },
      },
    },
    async (request, reply) => {
      const { body, raw } = request
      const address = addressOf(raw)
      const { newPassword } = body
      const verdict = await verifyPassword(body.user, body.password, address)
      const name = verdict.accepted ? verdict.user : verdict.mustChange
      if (!verdict.accepted && name === undefined) throw refused(verdict)
      const user = await users.find(name ?? body.user)
      noteAudit(request, { id: user?.name, user: user?.name })
      const problem =
        newPassword === body.password
          ? 'Expected "newPassword" to be another than before.'
          : user && passwordProblem(newPassword, user)?.replace('"password"', '"newPassword"')
      if (problem) throw new Problem(400, 'unusable-password', problem)
      if (!user || !(await accounts.setPassword(user, newPassword, false, verdict.passwordHash))) {
        throw refused({ reason: 'no such user, or one whose password was set meanwhile' })
      }
      return reply.code(201).send(await begin({ user: user.name, address }, raw, reply, options))
    },
  )
}

async function begin(
  by: Pick<SignIn, 'user' | 'passwordHash' | 'address'>,
  request: IncomingMessage,
  reply: FastifyReply,
  options: SessionApiOptions,
) {
  const { sessions } = options
  const before = sessionIdOf(request)
  if (before) await sessions.end(before, by.address)
  // A session that was there before sign-in may be known to somebody else.
  const id = await sessions.begin({ ...by, method: 'password' })
  return describe(id, request, reply, options)
}

async function describe(
  id: string | undefined,
  request: IncomingMessage,
  reply: FastifyReply,
  options: SessionApiOptions,
) {
  const { sessions, csrf, roles, catalogue } = options
  const session = id === undefined ? undefined : await sessions.find(id)
  if (id === undefined || session === undefined) {
    throw new Problem(401, 'not-signed-in', 'Nobody is signed in, or the session has expired. Sign in.')
  }
  rememberPrincipal(request, { user: session.user, method: 'session', clientId: undefined, scopes: [] })
  const grant = csrf.grant(id)
  reply.header('x-csrf-token', grant.token).header('set-cookie', grant.cookie)
  const assigned = await roles.effectiveOfUser(session.user)
  return {
    user: session.user,
    ...(session.provider !== undefined && { provider: session.provider }),
    expiresAt: new Date(session.expiresAt).toISOString(),
    subaccount: catalogue.subaccount,
    roles: assigned.flatMap(({ application, role }) =>
      catalogue.expand({ application, role }).map(name => ({ application, role: name })),
    ),
  }
}

function refused({ reason, retryAfter, mustChange }: Omit<Refused, 'accepted'>): Problem {
  if (mustChange !== undefined) {
    const detail = 'The password is right, and must be changed before it lets you in.'
    return new Problem(403, 'password-change-required', detail, { reason })
  }
  if (retryAfter === undefined) {
    const detail = 'User name or password is wrong. Users who are locked or disabled are told the same.'
    return new Problem(401, 'wrong-credentials', detail, { reason })
  }
  const headers = { 'retry-after': String(retryAfter) }
  return new Problem(429, 'too-many-attempts', 'Too many attempts failed. Wait, then try again.', { reason, headers })
}
