import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { Csrf, isOfOtherSite, setsSession } from './csrf.ts'

const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage
const csrf = new Csrf(Buffer.alloc(32, 1), false)

test('a fetched token is accepted with the cookie that came with it, and only with that one', () => {
  assert.equal(csrf.isFetch(request({ 'x-csrf-token': 'fetch' })), true)
  assert.equal(csrf.isFetch(request({ 'x-csrf-token': 'Required' })), false)
  const first = csrf.fetch(request({}))
  const second = csrf.fetch(request({}))
  assert.match(first.token, /^[0-9A-F]{32}$/)
  assert.match(first.cookie ?? '', /^JSESSIONID=[0-9A-F]{32}; Path=\/; HttpOnly; SameSite=Lax$/)
  const cookie = (first.cookie ?? '').split(';')[0] ?? ''
  const cases: ReadonlyArray<[string, Record<string, string>, boolean]> = [
    ['token and cookie', { cookie, 'x-csrf-token': first.token }, true],
    ['among other cookies', { cookie: `a=b; ${cookie}; c=d`, 'x-csrf-token': first.token.toLowerCase() }, true],
    ['a cookie whose name ends like that one', { cookie: `X${cookie}`, 'x-csrf-token': first.token }, false],
    ['no cookie', { 'x-csrf-token': first.token }, false],
    ['no token', { cookie }, false],
    ["another session's token", { cookie, 'x-csrf-token': second.token }, false],
    ['a shorter token', { cookie, 'x-csrf-token': first.token.slice(1) }, false],
  ]
  for (const [name, headers, valid] of cases) assert.equal(csrf.isValid(request(headers)), valid, name)
  assert.equal(new Csrf(Buffer.alloc(32, 2), false).isValid(request({ cookie, 'x-csrf-token': first.token })), false)
})

test('fetching again in a session gives the same token and no new cookie', () => {
  const first = csrf.fetch(request({}))
  const again = csrf.fetch(request({ cookie: (first.cookie ?? '').split(';')[0] ?? '' }))
  assert.deepEqual(again, { token: first.token, cookie: undefined })
})

test('behind https the cookie is marked Secure', () => {
  assert.match(new Csrf(Buffer.alloc(32), true).fetch(request({})).cookie ?? '', /; Secure$/)
})

const cookies: readonly (readonly [value: string, isSession: boolean])[] = [
  ['JSESSIONID=x', true],
  ['JSESSIONID=x; Path=/http', true],
  [' \tJSESSIONID=x', true],
  ['JSESSIONID =x', true],
  ['JSESSIONID\t= x', true],
  ['=JSESSIONID=x', true],
  [' = JSESSIONID=x', true],
  ['JSESSIONID', false],
  ['jsessionid=x', false],
  ['basket=JSESSIONID=x', false],
  ['MYJSESSIONID=x', false],
]

for (const [value, isSession] of cookies) {
  test(`a cookie ${isSession ? 'takes' : 'does not take'} the place of the session: ${JSON.stringify(value)}`, () => {
    assert.equal(setsSession('Set-Cookie', value), isSession)
  })
}

const senders: readonly (readonly [behaviour: string, headers: Record<string, string>, isForeign: boolean])[] = [
  ['no browser', { host: 'a' }, false],
  ['the same origin', { 'sec-fetch-site': 'same-origin', origin: 'http://b', host: 'a' }, false],
  ['its user, by the address bar', { 'sec-fetch-site': 'none', host: 'a' }, false],
  ['another site', { 'sec-fetch-site': 'cross-site', origin: 'http://a', host: 'a' }, true],
  ['another host of this site', { 'sec-fetch-site': 'same-site', host: 'a' }, true],
  ['the host that was asked', { origin: 'http://a:8080', host: 'a:8080' }, false],
  ['another port', { origin: 'http://a:8081', host: 'a:8080' }, true],
  ['a sandboxed page', { origin: 'null', host: 'a' }, true],
]

for (const [behaviour, headers, isForeign] of senders) {
  test(`a request is ${isForeign ? '' : 'not '}one of another site: ${behaviour}`, () => {
    assert.equal(isOfOtherSite(request(headers)), isForeign)
  })
}
