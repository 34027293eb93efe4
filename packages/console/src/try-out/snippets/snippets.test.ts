import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Call } from './call.ts'
import { snippets } from './index.ts'
import { postmanCollection } from './postman.ts'

const plain: Call = {
  origin: 'https://sluice.example',
  clientId: 'hello',
  tokenFormat: undefined,
  method: 'POST',
  path: '/http/hello?a=1&b',
  headers: [{ name: 'X-A', value: `it's "1" $x` }],
  body: { text: `don't\n"stop" $HOME |{a}\\` },
}

test('curl quotes for a shell, and takes the secret from a variable', () => {
  assert.equal(
    snippets.curl(plain),
    `# CLIENT_SECRET is the secret of the client.
TOKEN=$(curl -fsS -X POST -u 'hello:'"$CLIENT_SECRET" \\
  'https://sluice.example/oauth2/api/v1/token?grant_type=client_credentials' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
curl -g -i -X POST \\
  'https://sluice.example/http/hello?a=1&b' \\
  -H "Authorization: Bearer $TOKEN" \\
  -H 'X-A: it'\\''s "1" $x' \\
  -H 'Content-Type:' \\
  --data-raw 'don'\\''t
"stop" $HOME |{a}\\'
`,
  )
})

test('curl sends a header without a value, a file as it is, and HEAD without waiting for a body', () => {
  const headers = [
    { name: 'X-Empty', value: '' },
    { name: 'content-type', value: 'a/b' },
  ]
  assert.match(
    snippets.curl({ ...plain, headers }),
    / -H 'X-Empty;' \\\n {2}-H 'content-type: a\/b' \\\n {2}--data-raw /,
  )
  assert.match(snippets.curl({ ...plain, body: { fileName: 'a b.xml' } }), /--data-binary '@a b\.xml'\n$/)
  assert.match(snippets.curl({ ...plain, method: 'HEAD', body: undefined }), /^curl -g --head \\$/m)
})

test('fetch and Java quote with the escapes of their languages', () => {
  const body = String.raw`"don't\n\"stop\" $HOME |{a}\\"`
  assert.ok(snippets.fetch(plain).includes(`  body: ${body},`))
  assert.ok(snippets.Java(plain).includes(`.method("POST", BodyPublishers.ofString(${body}))`))
  assert.ok(snippets.fetch({ ...plain, body: { fileName: 'a.xml' } }).includes('body: await readFile("a.xml"),'))
  assert.ok(
    snippets.Java({ ...plain, body: { fileName: 'a.xml' } }).includes('BodyPublishers.ofFile(Path.of("a.xml"))'),
  )
})

test('ABAP quotes as string templates, in lines that are short enough', () => {
  const code = snippets.ABAP({
    ...plain,
    body: { text: `${plain.body && 'text' in plain.body && plain.body.text}${'x'.repeat(500)}` },
  })
  assert.ok(code.includes(String.raw`set_cdata( |don't\n"stop" $HOME \|\{a\}\\x`))
  assert.ok(code.split('\n').every(line => line.length <= 255))
})

test('a token format goes into every address of the token', () => {
  const call = { ...plain, tokenFormat: 'jwtrfc' }
  for (const text of [...Object.values(snippets).map(snippet => snippet(call)), postmanCollection(call)]) {
    assert.match(text, /grant_type=client_credentials&token_format=jwtrfc|"key": "token_format",\s+"value": "jwtrfc"/)
  }
})

test('no code holds more of the client than its ID', () => {
  for (const [name, snippet] of Object.entries(snippets)) {
    const code = snippet({ ...plain, body: undefined })
    assert.ok(code.includes('hello') && /CLIENT_SECRET|p_secret/.test(code), name)
  }
})

test('a Postman collection keeps query, headers and body', () => {
  const { info, item } = JSON.parse(postmanCollection(plain))
  assert.equal(info.name, 'POST /http/hello')
  const { request } = item[1]
  assert.deepEqual(request.url, {
    raw: '{{url}}/http/hello?a=1&b',
    host: ['{{url}}'],
    path: ['http', 'hello'],
    query: [
      { key: 'a', value: '1' },
      { key: 'b', value: null },
    ],
  })
  assert.deepEqual(request.header, [{ key: 'X-A', value: `it's "1" $x` }])
  assert.deepEqual(request.body, { mode: 'raw', raw: plain.body && 'text' in plain.body && plain.body.text })
})
