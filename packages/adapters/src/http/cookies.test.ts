import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CookieJar } from './cookies.ts'

const now = Date.UTC(2024, 0, 1)
const from = 'https://api.example.com/sap/odata/orders'

const cases: readonly [title: string, set: readonly string[], to: string, header: string][] = [
  ['goes back to where it came from', ['a=1; Path=/; HttpOnly'], 'https://api.example.com/', 'a=1'],
  ['replaces the one of its name', ['a=1; path=/', 'a=2; path=/'], 'https://api.example.com/', 'a=2'],
  ['goes to its own host alone', ['a=1; path=/'], 'https://example.com/', ''],
  ['goes to the hosts of its domain', ['a=1; path=/; Domain=.example.com'], 'https://b.example.com/', 'a=1'],
  ['of a domain that is not its own is dropped', ['a=1; path=/; Domain=example.org'], 'https://example.org/', ''],
  ['of a domain that is nobody’s is dropped', ['a=1; path=/; Domain=com'], 'https://example.com/', ''],
  ['without a path goes to the folder it came from', ['a=1'], 'https://api.example.com/sap/odata/items', 'a=1'],
  ['without a path does not go elsewhere', ['a=1'], 'https://api.example.com/sap/odatas', ''],
  ['of a longer path comes first', ['a=1; path=/', 'b=2; path=/sap'], 'https://api.example.com/sap/x', 'b=2; a=1'],
  ['that is secure does not go without TLS', ['a=1; path=/; Secure'], 'http://api.example.com/', ''],
  ['that is over is not sent', ['a=1; path=/; Expires=Mon, 01 Jan 2023 00:00:00 GMT'], 'https://api.example.com/', ''],
  ['is deleted by its age', ['a=1; path=/', 'a=; path=/; Max-Age=0'], 'https://api.example.com/', ''],
  ['may hold equals signs', ['a=b=c; path=/'], 'https://api.example.com/', 'a=b=c'],
  ['without a name is dropped', ['=1; path=/', 'flag; path=/'], 'https://api.example.com/', ''],
]

for (const [title, set, to, header] of cases) {
  test(`a cookie ${title}`, () => {
    const jar = new CookieJar()
    jar.store(set, new URL(from), now)
    assert.equal(jar.headerFor(new URL(to), now), header)
  })
}

test('a session keeps the cookies that came last', () => {
  const jar = new CookieJar()
  const many = Array.from({ length: 60 }, (_, index) => `c${index}=1; path=/`)
  jar.store([...many, `long=${'x'.repeat(5_000)}; path=/`], new URL(from), now)
  const names = jar.headerFor(new URL(from), now).split('; ')
  assert.deepEqual([names.length, names[0], names.at(-1)], [50, 'c10=1', 'c59=1'])
})
