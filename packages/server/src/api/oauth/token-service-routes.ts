import {
  introspectionEndpoint,
  type OAuthContext,
  type OAuthRequest,
  type OAuthResponse,
  pushedAuthorizationEndpoint,
  revocationEndpoint,
  tokenRequestLimits,
} from '@sluice/oauth'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { addressOf } from '../../http/client-address.ts'
import { noBody } from '../../http/route-description.ts'
import { peerCertificateOf } from '../../identity/peer-certificates.ts'
import type { OAuthApiOptions } from './options.ts'
import { introspectionReply, pushedReply } from './schemas.ts'

const tags = ['Token endpoints']
/** Their events are those of the authorization server. */
const config = { security: [{ client: [] }], audit: false } as const

/** Revocation (RFC 7009), introspection (RFC 7662) and pushed authorization requests (RFC 9126) for application clients; ours, where the setting offers them. */
export function registerTokenServices(app: FastifyInstance, { oauth, note }: OAuthApiOptions): void {
  if (!oauth.settings.extensions) return
  app.register(
    async api => {
      api.removeAllContentTypeParsers()
      const options = { parseAs: 'string', bodyLimit: tokenRequestLimits.body } as const
      api.addContentTypeParser('*', options, (_request, body, done) => done(null, body))
      const add = (
        path: string,
        endpoint: (request: OAuthRequest, context: OAuthContext) => Promise<OAuthResponse>,
        schema: object,
      ) => {
        api.post(path, { config, schema: { tags, ...schema } }, async (request, reply) => {
          const { status, headers, body, reason, clientId } = await endpoint(asOAuthRequest(request), oauth)
          note(request.raw, {
            ...(clientId !== undefined && { user: clientId }),
            ...(reason !== undefined && { reason }),
          })
          return reply.code(status).headers(headers).send(body)
        })
      }
      const unread = { description: 'A form: `token`, `token_type_hint` (RFC 7009 §2.1, RFC 7662 §2.1).' }
      add('/revoke', revocationEndpoint, {
        summary: 'Revoke an access or refresh token of the client',
        ...unread,
        response: { 200: noBody },
      })
      add('/introspect', introspectionEndpoint, {
        summary: "Ask about an access token of the client's application",
        ...unread,
        response: { 200: introspectionReply },
      })
      add('/par', pushedAuthorizationEndpoint, {
        summary: 'Push an authorization request (RFC 9126)',
        description: 'A form: the parameters of the authorization request (RFC 9126 §2.1).',
        response: { 201: pushedReply },
      })
    },
    { prefix: '/oauth2/api/v1' },
  )
}

function asOAuthRequest({ raw, body }: FastifyRequest): OAuthRequest {
  const { method = '', url = '', headers } = raw
  const { dpop } = headers
  const question = url.indexOf('?')
  return {
    method,
    query: question < 0 ? '' : url.slice(question + 1),
    contentType: headers['content-type'],
    body: typeof body === 'string' ? body : '',
    authorization: headers.authorization,
    address: addressOf(raw),
    path: question < 0 ? url : url.slice(0, question),
    dpop: typeof dpop === 'string' ? dpop : undefined,
    certificate: () => peerCertificateOf(raw.socket),
  }
}
