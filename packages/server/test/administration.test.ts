import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Tenant } from './tenant.ts'

test('a path that cannot be decoded is refused in the form of its API, and logged', async () => {
  const tenant = await Tenant.start()
  try {
    const cases: ReadonlyArray<[path: string, accept: string, type: RegExp, text: RegExp]> = [
      ["/api/v1/IntegrationPackages('%zz')", '*/*', /^application\/xml/, /<innererror><code>malformed-url</],
      ["/api/v1/IntegrationPackages('%zz')", 'application/json', /^application\/json/, /"code":"malformed-url"/],
      ['/oauth2/api/v1/clients/%C3', '*/*', /^application\/problem\+json/, /"code":"bad-request"/],
    ]
    for (const [path, accept, type, text] of cases) {
      const answer = await tenant.request(path, { headers: { accept } })
      assert.equal(answer.status, 400, path)
      assert.match(answer.headers.get('content-type') ?? '', type)
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
      assert.match(answer.text, text)
    }
    const logged = (await tenant.accessLog()).filter(({ status }) => status === 400)
    assert.deepEqual(
      logged.map(line => line.path),
      cases.map(([path]) => path),
    )
  } finally {
    await tenant.close()
  }
})
