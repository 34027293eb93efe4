import assert from 'node:assert/strict'
import { type Api, administrator, apiTest } from './testing/started-api.ts'

const base = '/oauth2/api/v1/branding'
const colors = { background: '#102030', button: '#007CC0', buttonText: '#ffffff' }
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

async function upload(api: Api, payload: Buffer | string, type = 'image/png', authorization = administrator) {
  const headers = { authorization, 'content-type': type }
  const answer = await api.app.inject({ method: 'PUT', url: `${base}/logo`, headers, payload })
  return { status: answer.statusCode, text: answer.body }
}

const read = (api: Api, path = '') => api.app.inject({ method: 'GET', url: base + path })

apiTest('the default theme is nothing at all, for everybody to read', async api => {
  const answer = await read(api)
  assert.deepEqual([answer.statusCode, answer.json()], [200, {}])
  assert.equal((await read(api, '/logo')).statusCode, 404)
})

apiTest('colours, links and logo are kept apart, and reset together', async api => {
  const links = { privacyPolicy: 'https://example.com/privacy', termsOfUse: '' }
  const put = await api.send('PUT', '/branding', { colors, links })
  assert.deepEqual([put.status, put.body], [200, { colors, links }])
  assert.equal((await upload(api, png)).status, 204)
  const first = (await read(api)).json()
  assert.deepEqual([first.colors, first.links], [colors, links])
  assert.equal(
    (await api.send('PUT', '/branding', { links })).body.logo,
    first.logo.replace(/\d+$/, String(api.clock.now())),
  )
  api.clock.advance(1)
  await upload(api, png)
  assert.notEqual((await read(api)).json().logo, first.logo, 'another address for another image')
  assert.equal((await api.send('DELETE', '/branding/logo')).status, 204)
  assert.deepEqual((await read(api)).json(), { links })
  await upload(api, png)
  assert.equal((await api.send('DELETE', '/branding')).status, 204)
  assert.deepEqual((await read(api)).json(), {})
  assert.equal((await read(api, '/logo')).statusCode, 404)
})

const images: readonly (readonly [type: string, start: string])[] = [
  ['image/png', '89504e470d0a1a0a0000000d'],
  ['image/jpeg', 'ffd8ffe000104a4649460001'],
  ['image/gif', '474946383961010001000000'],
  ['image/webp', '524946461a00000057454250'],
]

for (const [type, start] of images) {
  apiTest(`${type} is served as what it is, whatever it was said to be`, async api => {
    const content = Buffer.concat([Buffer.from(start, 'hex'), Buffer.from('<script>alert(1)</script>')])
    const said = type === 'image/png' ? 'image/webp' : 'image/png'
    assert.equal((await upload(api, content, said)).status, 204)
    const answer = await read(api, '/logo')
    assert.equal(answer.headers['content-type'], type)
    assert.deepEqual(answer.rawPayload, content)
  })
}

const noImages: readonly (readonly [string, string | Buffer, string, number])[] = [
  [
    'an SVG said to be one',
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    'image/svg+xml',
    415,
  ],
  ['an SVG said to be a PNG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/png', 415],
  ['a page said to be a PNG', '<!doctype html><script>alert(1)</script>', 'image/png', 415],
  ['nothing', '', 'image/png', 415],
  ['JSON', '{}', 'application/json', 415],
  ['text, which a form of another site can send', 'x', 'text/plain', 415],
  ['more than 256 KiB', Buffer.concat([png, Buffer.alloc(256 * 1024)]), 'image/png', 413],
]

for (const [what, content, type, status] of noImages) {
  apiTest(`a logo is not replaced by ${what}`, async api => {
    await upload(api, png)
    assert.equal((await upload(api, content, type)).status, status)
    assert.deepEqual((await read(api, '/logo')).rawPayload, png)
  })
}

const wrongThemes: readonly (readonly [string, object])[] = [
  ['a colour by its name', { colors: { ...colors, button: 'red' } }],
  ['a colour with more behind it', { colors: { ...colors, button: '#007CC0;background:url(//x)' } }],
  ['a colour that is missing', { colors: { background: '#000000', button: '#007CC0' } }],
  ['a link that runs code', { links: { privacyPolicy: 'javascript:alert(1)' } }],
  ['a link that breaks out', { links: { privacyPolicy: 'https://example.com/"><script>' } }],
  ['a field that is not known', { css: 'body{}' }],
]

for (const [what, json] of wrongThemes) {
  apiTest(`${what} is refused`, async api => {
    const answer = await api.send('PUT', '/branding', json)
    assert.deepEqual([answer.status, answer.body.code], [400, 'invalid-request'])
    assert.deepEqual((await read(api)).json(), {})
  })
}

apiTest('only who may manage OAuth settings changes the branding', async api => {
  const nobody = 'Bearer none'
  assert.equal((await api.send('PUT', '/branding', {}, nobody)).status, 401)
  assert.equal((await api.send('DELETE', '/branding', undefined, nobody)).status, 401)
  assert.equal((await api.send('DELETE', '/branding/logo', undefined, nobody)).status, 401)
  assert.equal((await upload(api, png, 'image/png', nobody)).status, 401)
})
