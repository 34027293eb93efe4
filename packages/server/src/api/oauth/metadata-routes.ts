import { jsonWebKeySet, oauthMetadata, oauthPaths } from '@sluice/oauth'
import type { FastifyInstance } from 'fastify'
import type { OAuthApiOptions } from './options.ts'
import * as schemas from './schemas.ts'

const tags = ['Token endpoints']
const cacheControl = 'public, max-age=300'

/** What clients and resource servers may know without credentials: RFC 8414 metadata and the public keys of JWTs. */
export function registerMetadataRoutes(app: FastifyInstance, { oauth }: OAuthApiOptions): void {
  app.get(
    oauthPaths.metadata,
    {
      schema: {
        tags,
        summary: 'Describe the authorization server (RFC 8414)',
        response: { 200: schemas.metadataReply },
      },
    },
    async (_request, reply) => reply.header('cache-control', cacheControl).send(oauthMetadata(oauth)),
  )

  app.get(
    oauthPaths.jwks,
    { schema: { tags, summary: 'List the keys that verify JWTs (RFC 7517)', response: { 200: schemas.keysReply } } },
    async (_request, reply) => reply.header('cache-control', cacheControl).send(jsonWebKeySet(oauth.keys)),
  )
}
