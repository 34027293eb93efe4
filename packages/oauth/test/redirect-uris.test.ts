import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzSeed as seed } from '../../../test/fuzzed-oauth.ts'
import { clientIdOfUser, isClientId, oauthClientUser, readAuthorizationRequest } from '../src/index.ts'
import { queryOf, webClient } from './authorization.ts'
import { World } from './world.ts'

const registered = [
  ...['https://web.example/answer', 'https://web.example:8443/answer?from=here', 'https://web.example'],
  ...['com.example.app:/answer', 'http://127.0.0.1/answer', 'http://[::1]:9000/', 'http://localhost/answer'],
]

/** Ways to write what a lenient comparison could take for the same address, or for one below it. */
const changes: readonly ((uri: string) => string)[] = [
  uri => `${uri}/`,
  uri => `${uri}?`,
  uri => `${uri}#`,
  uri => `${uri}&a=b`,
  uri => `${uri}/../answer`,
  uri => `${uri}%2f..`,
  uri => `${uri}.evil.example`,
  uri => `${uri}@evil.example`,
  uri => ` ${uri}`,
  uri => `${uri}\0`,
  uri => `${uri}\n`,
  uri => `${uri},https://evil.example/`,
  uri => `${uri} https://evil.example/`,
  uri => uri.toUpperCase(),
  uri => uri.replace(/^\w/, letter => letter.toUpperCase()),
  uri => uri.replace('//', '///'),
  uri => uri.replace('//', '/\\'),
  uri => uri.replace('//', '\\\\'),
  uri => uri.replace('//', '//evil.example\\@'),
  uri => uri.replace('//', '//evil.example#@'),
  uri => uri.replace('//', '//user:password@'),
  uri => uri.replace('//', '//evil.example/'),
  uri => uri.replace('://', ':'),
  uri => uri.replace('https:', 'http:'),
  uri => uri.replace('http:', 'https:'),
  uri => uri.replace('example', 'example.'),
  uri => uri.replace('example', 'exаmple'),
  uri => uri.replace('web.', 'web%2e'),
  uri => uri.replace('web', 'x.web'),
  uri => uri.replace('/answer', ''),
  uri => uri.replace('/answer', '//answer'),
  uri => uri.replace('/answer', '/./answer'),
  uri => uri.replace('/answer', '/%61nswer'),
  uri => uri.replace('/answer', '/answer;a=b'),
  uri => uri.replace('127.0.0.1', '127.1'),
  uri => uri.replace('127.0.0.1', '2130706433'),
  uri => uri.replace('127.0.0.1', '0x7f.0.0.1'),
  uri => uri.replace('127.0.0.1', '127.0.0.1.nip.io'),
  uri => uri.replace('127.0.0.1', 'localhost'),
  uri => uri.replace('127.0.0.1', '127.0.0.1:80@evil.example'),
  uri => uri.replace('127.0.0.1', '127.0.0.1:'),
  uri => uri.replace('127.0.0.1', '127.0.0.1:99999'),
  uri => uri.replace('127.0.0.1', '127.0.0.1:1e3'),
  uri => uri.replace('[::1]', '[0:0:0:0:0:0:0:1]'),
  uri => uri.replace('[::1]', '[::ffff:127.0.0.1]'),
  uri => uri.replace('localhost', 'localhost:1234'),
  uri => uri.replace('localhost', 'localhost.evil.example'),
  uri => uri.replace(':8443', ''),
  uri => uri.replace(':8443', ':08443'),
  uri => [...uri].reverse().join(''),
]

const changed = fc
  .tuple(fc.constantFrom(...registered), fc.array(fc.constantFrom(...changes), { minLength: 1, maxLength: 3 }))
  .map(([uri, list]) => [uri, list.reduce((text, change) => change(text), uri)] as const)

/** One character more, less or another. */
const misspelt = fc
  .tuple(fc.constantFrom(...registered), fc.nat(), fc.nat(2), fc.constantFrom(...'aZ0:/?#@.%\\\t\u202e\uff0f'))
  .map(([uri, at, removed, added]) => {
    const index = at % (uri.length + 1)
    return [uri, uri.slice(0, index) + added + uri.slice(index + removed)] as const
  })

/** RFC 8252 §7.3: all that may differ, and only for a loopback address. */
const withoutPort = (uri: string) =>
  uri.replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\])):(\d{1,5})(?=[/?]|$)/, (all, host, port) =>
    port > 65_535 ? all : host,
  )

test(`RFC 9700 §4.1.3: of 20,000 addresses that are nearly the registered one none is accepted (seed ${seed})`, async () => {
  const { context } = registered.reduce(
    (world, redirectUri, index) => world.register(webClient({ id: `client-${index}`, redirectUri })),
    new World(),
  )
  let refused = 0
  await fc.assert(
    fc.asyncProperty(fc.oneof(changed, misspelt), async ([uri, given]) => {
      if (given === '' || withoutPort(given) === withoutPort(uri)) return
      const client_id = `client-${registered.indexOf(uri)}`
      const query = queryOf({ response_type: 'code', client_id, redirect_uri: given })
      const verdict = await readAuthorizationRequest(query, context)
      assert.deepEqual([verdict.kind, 'problem' in verdict && verdict.problem], ['refuse', 'other-redirect-uri'], given)
      refused += 1
    }),
    { seed, numRuns: 20_000 },
  )
  assert.ok(refused > 12_000, `${refused} were no more than other ports`)
})

test('RFC 9700 §4.15.1: the user of a client names that client and no other', () => {
  const id = fc.stringMatching(/^[A-Za-z0-9._~-]{1,128}$/)
  fc.assert(
    fc.property(id, id, (one, other) => {
      assert.ok(isClientId(one))
      assert.equal(clientIdOfUser(oauthClientUser(one)), one)
      assert.equal(oauthClientUser(one) === oauthClientUser(other), one === other)
    }),
    { seed },
  )
  for (const text of ['', 'a:b', 'a b', 'ä', 'a/b', 'a\n', 'a'.repeat(129)]) assert.equal(isClientId(text), false, text)
})
