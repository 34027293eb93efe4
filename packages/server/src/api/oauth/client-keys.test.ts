import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { selfSigned } from '../../testing/self-signed.ts'
import { type Api, apiTest, orders } from './testing/started-api.ts'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = publicKey.export({ format: 'jwk' })
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const { secret: _, id, ...common } = orders
const web = { ...common, grant: 'authorization_code', redirectUri: 'https://web.example/' }

const register = ({ send }: Api, more: object) => send('POST', '/clients', { id, ...common, ...more })

apiTest('a client with keys has no secret, and is shown as it was registered', async api => {
  const key = { ...jwk, kid: '1', alg: 'ES256' }
  const given = {
    tokenEndpointAuthMethod: 'private_key_jwt',
    jwks: { keys: [{ ...key, use: 'sig', jku: 'https://evil.example/' }] },
    dpopBoundAccessTokens: true,
  }
  const { status, body } = await register(api, given)
  assert.equal(status, 201, JSON.stringify(body))
  assert.equal(body.secret, undefined)
  const { body: shown } = await api.send('GET', '/clients/orders')
  const { tokenEndpointAuthMethod, jwks, dpopBoundAccessTokens, confidential } = shown
  assert.deepEqual([tokenEndpointAuthMethod, jwks], ['private_key_jwt', { keys: [key] }])
  assert.deepEqual([dpopBoundAccessTokens, confidential], [true, true])
})

apiTest('public keys and certificates are taken as PEM, too', async api => {
  const pem = `${publicPem}${selfSigned.cert}`
  const { body } = await register(api, { tokenEndpointAuthMethod: 'private_key_jwt', jwks: pem })
  assert.equal(body.jwks?.keys.length, 2, JSON.stringify(body))
  assert.deepEqual(body.jwks.keys[0], { kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y })
})

apiTest('certificates and their names are shown as they were registered', async api => {
  const tls = { tokenEndpointAuthMethod: 'tls_client_auth', tlsClientAuthSubjectDn: 'CN=orders,O=Example' }
  assert.equal((await register(api, tls)).status, 201)
  const ownSigned = { ...common, tokenEndpointAuthMethod: 'self_signed_tls_client_auth', certificate: selfSigned.cert }
  const { body } = await api.send('GET', '/clients/orders')
  assert.deepEqual([body.tlsClientAuthSubjectDn, body.certificate], [tls.tlsClientAuthSubjectDn, undefined])
  const { body: changed } = await api.send('PUT', '/clients/orders', ownSigned)
  assert.deepEqual([changed.tlsClientAuthSubjectDn, changed.certificate.trim()], [undefined, selfSigned.cert])
})

apiTest('the secret goes when a client gets keys, and another comes when it wants one again', async api => {
  await api.send('POST', '/clients', orders)
  assert.equal((await api.requestToken('orders', orders.secret)).status, 200)
  const keys = { ...common, tokenEndpointAuthMethod: 'private_key_jwt', jwks: publicPem }
  assert.equal((await api.send('PUT', '/clients/orders', keys)).body.secret, undefined)
  assert.equal((await api.requestToken('orders', orders.secret)).body.error, 'invalid_client')
  const { body } = await api.send('PUT', '/clients/orders', common)
  assert.deepEqual([body.tokenEndpointAuthMethod, body.jwks], ['client_secret_basic', undefined])
  assert.equal((await api.requestToken('orders', orders.secret)).body.error, 'invalid_client')
  assert.equal((await api.requestToken('orders', body.secret)).status, 200)
})

const refused: readonly (readonly [what: string, body: object, problem: RegExp])[] = [
  ['keys without the method', { jwks: publicPem }, /"jwks" only with/],
  ['the method without keys', { tokenEndpointAuthMethod: 'private_key_jwt' }, /1 to 10 public keys/],
  ['a private key as PEM', { tokenEndpointAuthMethod: 'private_key_jwt', jwks: privatePem }, /never a private key/],
  [
    'a private key beside a public one',
    { tokenEndpointAuthMethod: 'private_key_jwt', jwks: publicPem + privatePem },
    /never a private key/,
  ],
  [
    'a private key as JWK',
    { tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [privateKey.export({ format: 'jwk' })] } },
    /found a private/,
  ],
  [
    'a shared secret as JWK',
    { tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] } },
    /found a private or symmetric/,
  ],
  [
    'a point off its curve',
    { tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [{ ...jwk, x: jwk.y, y: jwk.x }] } },
    /no public key of its kind/,
  ],
  [
    'a short RSA key',
    {
      tokenEndpointAuthMethod: 'private_key_jwt',
      jwks: generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ type: 'spki', format: 'pem' }),
    },
    /2048 to 4096/,
  ],
  [
    'an algorithm of another kind of key',
    { tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: [{ ...jwk, alg: 'HS256' }] } },
    /"alg" to be one of ES256/,
  ],
  ['11 keys', { tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys: Array(11).fill(jwk) } }, /1 to 10/],
  [
    'a secret beside keys',
    { tokenEndpointAuthMethod: 'private_key_jwt', jwks: publicPem, secret: 'x' },
    /no "secret", as the client authenticates by private_key_jwt/,
  ],
  [
    'keys of a public client',
    { ...web, confidential: false, jwks: publicPem, tokenEndpointAuthMethod: 'private_key_jwt' },
    /of none/,
  ],
  [
    'none for a confidential client',
    { ...web, confidential: true, tokenEndpointAuthMethod: 'none' },
    /other than none/,
  ],
  ['no name of a certificate', { tokenEndpointAuthMethod: 'tls_client_auth' }, /exactly one of/],
  [
    'two names of a certificate',
    { tokenEndpointAuthMethod: 'tls_client_auth', tlsClientAuthSanDns: 'a', tlsClientAuthSanUri: 'b' },
    /found 2/,
  ],
  [
    'a subject that is no distinguished name',
    { tokenEndpointAuthMethod: 'tls_client_auth', tlsClientAuthSubjectDn: 'orders' },
    /RFC 4514/,
  ],
  ['no IP address', { tokenEndpointAuthMethod: 'tls_client_auth', tlsClientAuthSanIp: 'localhost' }, /IP address/],
  [
    'no certificate',
    { tokenEndpointAuthMethod: 'self_signed_tls_client_auth', certificate: 'x' },
    /1 to 10 certificates/,
  ],
  [
    'two ways to bind tokens',
    { dpopBoundAccessTokens: true, tlsClientCertificateBoundAccessTokens: true },
    /found both/,
  ],
  ['pushed requests of client credentials', { requirePushedAuthorizationRequests: true }, /only with the grant/],
]

for (const [what, body, problem] of refused) {
  apiTest(`refused: ${what}`, async api => {
    const answer = await register(api, body)
    assert.equal(answer.status, 400)
    assert.match(answer.body.detail, problem)
  })
}
