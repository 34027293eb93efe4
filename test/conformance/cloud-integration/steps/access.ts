import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { type Answer, sendBytes } from '../wire.ts'

/** Steps 1 to 4: tokens, CSRF, the service's description, the first look at an empty tenant. */
export function accessSteps(run: AcceptanceRun): void {
  test('1: every client gets a token its own way', async () => {
    const { tenant, flashPipe, piper, cpiLint, postman, contiva, proxy } = run
    const answers = {
      'Piper, by Basic and query': await piper.requestToken(tenant.api),
      'FlashPipe, by Basic and form': await flashPipe.tokenByBasic(),
      'FlashPipe, by form': await flashPipe.tokenByForm(),
      cpilint: await cpiLint.requestToken(),
      Postman: await postman.requestToken(),
    }
    for (const [client, answer] of Object.entries(answers)) assertToken(answer, client)
    // contiva sends everything in the query, odata-mcp-proxy sends Basic and a form; both need the token at once.
    assert.deepEqual(await contiva.integrationContent.getIntegrationPackages(), [])
    const listed = await proxy.call('IntegrationPackages_list', {})
    assert.equal(listed.isError, undefined, JSON.stringify(listed))
  })

  test('1: a wrong secret is refused with 401', async () => {
    const answer = await run.piper.requestToken({ id: run.tenant.api.id, secret: 'wrong' })
    assert.equal(answer.status, 401)
    assert.equal((JSON.parse(answer.text) as { error: string }).error, 'invalid_client')
  })

  test('2: FlashPipe changes something by Basic only with the token and cookies that it has fetched', async () => {
    const { flashPipe } = run
    const wrapped = { d: { Id: 'AccCsrf', Name: 'CSRF', ShortText: 'CSRF' } }
    const fetched = await flashPipe.fetchToken()
    assert.equal(fetched.status, 200)
    const refused = await flashPipe.writeWith({}, 'POST', '/api/v1/IntegrationPackages', wrapped)
    assert.deepEqual([refused.status, refused.headers.get('x-csrf-token')], [403, 'Required'])
    const token = fetched.headers.get('x-csrf-token') ?? ''
    const withoutCookie = { 'X-Csrf-Token': token }
    const still = await flashPipe.writeWith(withoutCookie, 'POST', '/api/v1/IntegrationPackages', wrapped)
    assert.deepEqual([still.status, still.headers.get('x-csrf-token')], [403, 'Required'])
    const both = { ...withoutCookie, Cookie: fetched.cookies.join('; ') }
    assert.equal((await flashPipe.writeWith(both, 'POST', '/api/v1/IntegrationPackages', wrapped)).status, 201)
    assert.equal((await flashPipe.write('DELETE', "/api/v1/IntegrationPackages('AccCsrf')")).status, 202)
  })

  test('2: a token is given at the root and for HEAD, with a slash at the end', async () => {
    const { tenant, piper } = run
    const { access_token: token } = JSON.parse((await piper.requestToken(tenant.api)).text) as { access_token: string }
    const headers = [`Host: ${tenant.host}`, `Authorization: Bearer ${token}`]
    const probes = [
      ['GET /', 'X-CSRF-Token: Fetch'],
      ['GET /api/v1', 'X-CSRF-Token: Fetch'],
      ['HEAD /api/v1/IntegrationPackages/', 'x-csrf-token: Fetch'],
      ["HEAD /api/v1/IntegrationPackages(Id='AccPkg')/", 'x-csrf-token: Fetch'],
      ['HEAD /api/v1/$batch/', 'x-csrf-token: Fetch'],
    ] as const
    for (const [start, fetch] of probes) {
      const head = [
        `${start} HTTP/1.1`,
        'Accept: application/json, text/plain, */*',
        fetch,
        'content-length: 0',
        ...headers,
      ]
      const answer = await sendBytes(tenant.listener, head.join('\r\n'))
      assert.equal(answer.status, 200, start)
      assert.match(answer.headers.get('x-csrf-token') ?? '', /^[0-9A-F]{32}$/, start)
      assert.equal(answer.cookies.length, 1, start)
    }
  })

  test('3: the SAP Cloud SDK makes a client of what $metadata says', async () => {
    const metadata = await run.cpiLint.get('/api/v1/$metadata')
    assert.equal(metadata.status, 200)
    assert.match(metadata.headers.get('content-type') ?? '', /^application\/xml/)
    assert.match(metadata.text, /<edmx:DataServices [^>]*m:DataServiceVersion="2\.0"/)
    assert.match(metadata.text, /<Schema [^>]*Namespace="com\.sap\.hci\.api"/)
    const namesOf = (tag: string) =>
      [...metadata.text.matchAll(new RegExp(`<${tag} [^>]*\\bName="([^"]+)"`, 'g'))]
        .map(([, name]) => name ?? '')
        .sort()
    const sdk = await run.sdk()
    assert.deepEqual([...sdk.apis.keys()].sort(), namesOf('EntitySet'))
    const decapitalized = (name: string) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`
    assert.deepEqual([...sdk.operations].sort(), namesOf('FunctionImport').map(decapitalized).sort())
  })

  test('4: cpilint reads an Atom feed of no packages', async () => {
    const answer = await run.cpiLint.get('/api/v1/IntegrationPackages')
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/atom\+xml/)
    assert.match(
      answer.text,
      /<feed [^>]*xmlns:m="http:\/\/schemas\.microsoft\.com\/ado\/2007\/08\/dataservices\/metadata"/,
    )
    assert.match(answer.text, /<feed [^>]*xmlns:d="http:\/\/schemas\.microsoft\.com\/ado\/2007\/08\/dataservices"/)
    assert.doesNotMatch(answer.text, /<entry/)
  })
}

function assertToken(answer: Answer, client: string): void {
  assert.equal(answer.status, 200, `${client}: ${answer.text}`)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/, client)
  const { access_token: token, token_type: type, expires_in: seconds } = JSON.parse(answer.text)
  assert.ok(typeof token === 'string' && token !== '', client)
  assert.equal(type, 'bearer', client)
  assert.ok(Number.isInteger(seconds) && seconds > 0, client)
}
