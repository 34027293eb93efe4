import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { noteAudit } from '../../http/audited-routes.ts'
import { Problem } from '../../http/problem.ts'
import { audited, noBody } from '../../http/route-description.ts'
import type { SigningKeys } from '../../identity/signing-keys.ts'
import type { Guards, OAuthApiOptions } from './options.ts'
import * as schemas from './signing-key-schemas.ts'

const tags = ['Signing keys']

/** `/signing-keys`: the keys of JWTs, their rotation, and the end of one that got into wrong hands. Ours. */
export function registerSigningKeyRoutes(api: FastifyInstance, { signingKeys }: OAuthApiOptions, guards: Guards): void {
  const response = { 200: schemas.signingKeysReply }
  api.get(
    '/signing-keys',
    { ...guards.read, schema: { tags, summary: 'List the keys that sign and verify JWTs', response } },
    async () => describe(signingKeys),
  )

  api.post(
    '/signing-keys/rotate',
    {
      ...audited(guards.manage, { object: 'signing-key', action: 'rotate' }),
      schema: {
        tags,
        summary: 'Let the next key take over the signing of JWTs',
        response,
      },
    },
    async request => {
      if (await signingKeys.rotate()) {
        // The newest one of which it is decided when it signs.
        const taking = signingKeys.list().find(({ signsFrom }) => signsFrom !== undefined)
        noteAudit(request, { id: taking?.kid })
        return describe(signingKeys)
      }
      throw new Problem(
        409,
        'rotation-under-way',
        `Expected no rotation under way, found that the next key takes over at ${time(signingKeys.rotatesAt())}.`,
      )
    },
  )

  api.delete<{ Params: FromSchema<typeof schemas.signingKeyPath> }>(
    '/signing-keys/:kid',
    {
      ...audited(guards.manage, { object: 'signing-key', action: 'revoke', id: 'params.kid' }),
      schema: {
        tags,
        summary: 'Revoke a key: JWTs signed with it are refused from now on',
        params: schemas.signingKeyPath,
        response: { 204: noBody },
      },
    },
    async ({ params }, reply) => {
      if (await signingKeys.revoke(params.kid)) return reply.code(204).send()
      throw new Problem(404, 'unknown-key', 'Expected the ID of a signing key, found none with this ID.')
    },
  )
}

function describe(signingKeys: SigningKeys): FromSchema<typeof schemas.signingKeysReply> {
  const rotatesAt = time(signingKeys.rotatesAt())
  const keys = signingKeys.list().map(({ createdAt, signsFrom, verifiesUntil, ...key }) => ({
    ...key,
    createdAt: new Date(createdAt).toISOString(),
    ...(signsFrom !== undefined && { signsFrom: time(signsFrom) }),
    ...(verifiesUntil !== undefined && { verifiesUntil: time(verifiesUntil) }),
  }))
  return { keys, ...(rotatesAt !== undefined && { rotatesAt }) } as FromSchema<typeof schemas.signingKeysReply>
}

function time(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString()
}
