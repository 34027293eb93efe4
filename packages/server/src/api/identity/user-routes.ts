import type { Random } from '@sluice/oauth'
import { isLikeClientUser } from '@sluice/oauth'
import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { changedFields, noteAudit } from '../../http/audited-routes.ts'
import { Problem } from '../../http/problem.ts'
import { audited, noBody } from '../../http/route-description.ts'
import { passwordProblem } from '../../identity/password-rules.ts'
import { DuplicateError, type User } from '../../store/store.ts'
import type { Guards, IdentityApiOptions } from './index.ts'
import * as schemas from './schemas.ts'

const tags = ['Local users']

type ByName = { Params: FromSchema<typeof schemas.userPath> }

/** `/users`: the users of the local identity provider. Passwords are answered once, when they were generated. */
export function registerUserRoutes(api: FastifyInstance, options: IdentityApiOptions, guards: Guards): void {
  registerReading(api, options, guards)
  registerCreation(api, options, guards)
  registerChanges(api, options, guards)
  registerPassword(api, options, guards)
}

function registerReading(api: FastifyInstance, { users, clock }: IdentityApiOptions, guards: Guards): void {
  api.get<{ Querystring: FromSchema<typeof schemas.usersQuery> }>(
    '/users',
    {
      ...guards.read,
      schema: {
        tags,
        summary: 'List local users',
        querystring: schemas.usersQuery,
        response: { 200: schemas.usersReply },
      },
    },
    async ({ query }) => {
      const found = await users.list(query)
      const now = clock.now()
      return { users: found.users.map(user => describe(user, now)), count: found.count }
    },
  )

  api.get<ByName>(
    '/users/:name',
    {
      ...guards.read,
      schema: { tags, summary: 'Show a local user', params: schemas.userPath, response: { 200: schemas.userReply } },
    },
    async ({ params }) => describe(await requireUser(users, params.name), clock.now()),
  )
}

function registerCreation(api: FastifyInstance, options: IdentityApiOptions, guards: Guards): void {
  const { users, hasher, random, clock } = options

  api.post<{ Body: FromSchema<typeof schemas.userCreation> }>(
    '/users',
    {
      ...audited(guards.manage, { object: 'user', action: 'create', id: 'body.name' }),
      schema: {
        tags,
        summary: 'Create a local user',
        body: schemas.userCreation,
        response: { 201: schemas.userReply },
      },
    },
    async ({ body }, reply) => {
      const { name, email = '', displayName = '', mustChangePassword = true } = body
      refuseClientUser(name)
      const { password, generated } = choosePassword(body.password, { name, email }, random)
      const user = { name, email, displayName, mustChangePassword, createdAt: clock.now() }
      try {
        await users.create(user, await hasher.hash(password))
      } catch (error) {
        if (!(error instanceof DuplicateError)) throw error
        const detail = `Expected an unused name, found "${name}" among the users already, local or of an identity provider (names that differ only in case count as one).`
        throw new Problem(409, 'user-exists', detail, { cause: error })
      }
      const created = describe(await requireUser(users, name), clock.now())
      reply.header('cache-control', 'no-store').header('location', `/api/identity/v1/users/${encodeURIComponent(name)}`)
      return reply.code(201).send({ ...created, ...generated })
    },
  )
}

/** Roles of that name are those of a client. */
function refuseClientUser(name: string): void {
  if (!isLikeClientUser(name)) return
  const detail = `Expected "name" not to begin with "oauth_client_", as users of clients do, found "${name}".`
  throw new Problem(400, 'invalid-user', detail)
}

function registerChanges(api: FastifyInstance, options: IdentityApiOptions, guards: Guards): void {
  const { users, accounts, clock } = options

  api.put<ByName & { Body: FromSchema<typeof schemas.userUpdate> }>(
    '/users/:name',
    {
      ...audited(guards.manage, { object: 'user', action: 'update', id: 'params.name' }),
      schema: {
        tags,
        summary: 'Replace what can be edited of a local user',
        params: schemas.userPath,
        body: schemas.userUpdate,
        response: { 200: schemas.userReply },
      },
    },
    async request => {
      const { params, body } = request
      const { email = '', displayName = '', enabled } = body
      const user = await requireUser(users, params.name)
      const { email: oldEmail, displayName: oldName, enabled: wasEnabled } = user
      const before = { email: oldEmail, displayName: oldName, enabled: wasEnabled }
      noteAudit(request, { changes: changedFields(before, { email, displayName, enabled }) })
      await accounts.update(user, { email, displayName, enabled })
      return describe(await requireUser(users, params.name), clock.now())
    },
  )

  api.delete<ByName>(
    '/users/:name',
    {
      ...audited(guards.manage, { object: 'user', action: 'delete', id: 'params.name' }),
      schema: {
        tags,
        summary: 'Delete a local user with its assignments, sessions and tokens',
        params: schemas.userPath,
        response: { 200: schemas.departureReply },
      },
    },
    async ({ params }) => {
      const departure = await accounts.delete(await requireUser(users, params.name))
      if (!departure) throw unknownUser(params.name)
      return departure
    },
  )

  api.delete<ByName>(
    '/users/:name/lock',
    {
      ...audited(guards.manage, { object: 'user', action: 'unlock', id: 'params.name' }),
      schema: { tags, summary: 'Unlock a local user', params: schemas.userPath, response: { 204: noBody } },
    },
    async ({ params }, reply) => {
      if (!(await users.forgetFailures(params.name))) throw unknownUser(params.name)
      return reply.code(204).send()
    },
  )
}

function registerPassword(api: FastifyInstance, options: IdentityApiOptions, guards: Guards): void {
  const { users, accounts, random } = options

  api.put<ByName & { Body: FromSchema<typeof schemas.passwordReset> }>(
    '/users/:name/password',
    {
      ...audited(guards.manage, { object: 'password', action: 'update', id: 'params.name' }),
      schema: {
        tags,
        summary: 'Reset the password of a local user, which ends its sessions and a lock and revokes its tokens',
        params: schemas.userPath,
        body: schemas.passwordReset,
        response: { 200: schemas.passwordReply },
      },
    },
    async ({ params, body }, reply) => {
      const user = await requireUser(users, params.name)
      const { password, generated } = choosePassword(body.password, user, random)
      if (!(await accounts.setPassword(user, password, body.mustChangePassword ?? true))) throw unknownUser(params.name)
      return reply.header('cache-control', 'no-store').send(generated)
    },
  )
}

/** The given password, or 96 random bits in base64url. */
function choosePassword(given: string | undefined, user: Pick<User, 'name' | 'email'>, random: Random) {
  if (given === undefined) {
    const password = Buffer.from(random.bytes(12)).toString('base64url')
    return { password, generated: { password } }
  }
  const problem = passwordProblem(given, user)
  if (problem) throw new Problem(400, 'unusable-password', problem)
  return { password: given, generated: {} }
}

async function requireUser(users: IdentityApiOptions['users'], name: string): Promise<User> {
  const user = await users.find(name)
  if (user) return user
  throw unknownUser(name)
}

function unknownUser(name: string): Problem {
  return new Problem(404, 'unknown-user', `Expected the name of a local user, found "${name}".`)
}

function describe(user: User, now: number) {
  const { name, email, displayName, enabled, mustChangePassword, lockedUntil, createdAt, signedInAt } = user
  return {
    ...{ name, email, displayName, enabled, mustChangePassword },
    createdAt: new Date(createdAt).toISOString(),
    ...(lockedUntil !== undefined && lockedUntil > now && { lockedUntil: new Date(lockedUntil).toISOString() }),
    ...(signedInAt !== undefined && { signedInAt: new Date(signedInAt).toISOString() }),
  }
}
