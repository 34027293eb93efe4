import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { type CurlTarget, curlLines } from './curl-lines.ts'

const call = { method: 'POST', url: 'https://sluice.example/http/orders' } as const
const client = { id: 'hello', tokenEndpointAuthMethod: 'client_secret_basic' } as const
const target = { tokenUrl: 'https://sluice.example/oauth2/api/v1/token', client, call }

test('a line gets a token', () => {
  assert.equal(
    curlLines({ ...target, secret: 's' }).token,
    "curl -s -X POST -u 'hello:s' 'https://sluice.example/oauth2/api/v1/token?grant_type=client_credentials'",
  )
})

test('a secret that is not known is left to fill in', () => {
  assert.match(curlLines({ ...target, secret: undefined }).token, /-u 'hello:<secret>'/)
})

test('what the client shows instead of a secret, and what its tokens are bound to, stands in the lines', () => {
  const linesOf = (shown: Partial<CurlTarget['client']>) =>
    curlLines({ ...target, secret: undefined, client: { ...client, ...shown } })
  const signed = linesOf({ tokenEndpointAuthMethod: 'private_key_jwt', dpopBoundAccessTokens: true })
  assert.equal(
    signed.token,
    "curl -s -X POST -H 'DPoP: <proof>' -d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer -d 'client_assertion=<assertion>' 'https://sluice.example/oauth2/api/v1/token?grant_type=client_credentials'",
  )
  assert.match(signed.call, /\n.* -H "Authorization: DPoP \$TOKEN" -H 'DPoP: <proof>' /)
  const files = "--cert '<certificate file>' --key '<key file>'"
  const tls = linesOf({ tokenEndpointAuthMethod: 'tls_client_auth' })
  assert.ok(tls.token.startsWith(`curl -s -X POST ${files} -d client_id=hello '`))
  assert.ok(!tls.call.split('\n')[1]?.includes(files))
  const bound = linesOf({ tlsClientCertificateBoundAccessTokens: true })
  assert.ok(bound.token.startsWith(`curl -s -X POST ${files} -u 'hello:<secret>' '`))
  assert.ok(bound.call.split('\n')[1]?.includes(files))
})

test('what is read is asked for without a body', () => {
  const lines = curlLines({ ...target, secret: 's', call: { method: 'GET', url: 'https://sluice.example/api/v1/' } })
  assert.match(lines.call, /curl -i -X GET -H "Authorization: Bearer \$TOKEN" 'https:\/\/sluice.example\/api\/v1\/'$/)
})

/** Stands in for curl: answers token requests, prints the arguments of others. */
const curl = `curl() { case "$*" in *grant_type*) echo '{"access_token":"0af1","scopes":[]}';; *) printf '%s\\n' "$@";; esac; }`

test('a shell takes the lines as they are meant, whatever is in the secret', () => {
  const secret = `it's; $(touch x) "quoted" \\ & #`
  const lines = curlLines({ ...target, secret })
  const run = (script: string) => execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n')
  assert.ok(run(lines.token.replace(/^curl/, `printf '%s\\n'`)).includes(`hello:${secret}`))
  const sent = ['-i', '-X', 'POST', '-H', 'Authorization: Bearer 0af1', '-H', 'Content-Type: application/json']
  assert.deepEqual(run(`${curl}\n${lines.call}`), [...sent, '-d', '{}', call.url])
})
