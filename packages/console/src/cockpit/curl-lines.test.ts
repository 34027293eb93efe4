import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { curlLines } from './curl-lines.ts'

const call = { method: 'POST', url: 'https://sluice.example/http/orders' } as const
const target = { tokenUrl: 'https://sluice.example/oauth2/api/v1/token', clientId: 'hello', call }

test('a line gets a token', () => {
  assert.equal(
    curlLines({ ...target, secret: 's' }).token,
    "curl -s -X POST -u 'hello:s' 'https://sluice.example/oauth2/api/v1/token?grant_type=client_credentials'",
  )
})

test('a secret that is not known is left to fill in', () => {
  assert.match(curlLines({ ...target, secret: undefined }).token, /-u 'hello:<secret>'/)
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
