import { jsonWebKeySet, oauthMetadata, oauthPaths } from '@sluice/oauth'
import type { FastifyInstance } from 'fastify'
import type { OAuthApiOptions } from './options.ts'

const cacheControl = 'public, max-age=300'

/** What clients and resource servers may know without credentials: RFC 8414 metadata and the public keys of JWTs. */
export function registerMetadataRoutes(app: FastifyInstance, { oauth }: OAuthApiOptions): void {
  app.get(oauthPaths.metadata, async (_request, reply) =>
    reply.header('cache-control', cacheControl).send(oauthMetadata(oauth)),
  )

  app.get(oauthPaths.jwks, async (_request, reply) =>
    reply.header('cache-control', cacheControl).send(jsonWebKeySet(oauth.keys)),
  )
}
