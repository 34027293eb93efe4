import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { isOfThisSite } from './form.ts'

const cases: [behaviour: string, publicUrl: string, headers: Record<string, string>, isOurs: boolean][] = [
  ['the browser says so', 'http://a', { 'sec-fetch-site': 'same-origin', origin: 'http://b', host: 'a' }, true],
  ['the browser says it is not', 'http://a', { 'sec-fetch-site': 'same-site', origin: 'http://a', host: 'a' }, false],
  ['the browser says it was typed', 'http://a', { 'sec-fetch-site': 'none', origin: 'http://a', host: 'a' }, false],
  ['no browser', 'http://a', { host: 'a' }, true],
  ['the public URL, behind a proxy', 'https://a', { origin: 'https://a', host: 'inner:8080' }, true],
  ['the host that was asked', 'http://localhost:8080', { origin: 'http://a:8080', host: 'a:8080' }, true],
  ['the host that was asked, behind a proxy', 'http://localhost:8080', { origin: 'https://a', host: 'a' }, true],
  ['the same host without encryption', 'https://a', { origin: 'http://a', host: 'a' }, false],
  ['another port', 'http://a:8080', { origin: 'http://a:8081', host: 'a:8080' }, false],
  ['another host', 'http://a', { origin: 'http://b', host: 'a' }, false],
  ['a sandboxed page', 'http://a', { origin: 'null', host: 'a' }, false],
]

for (const [behaviour, publicUrl, headers, isOurs] of cases) {
  test(`a form ${isOurs ? 'counts' : 'does not count'}: ${behaviour}`, () => {
    assert.equal(isOfThisSite({ headers } as unknown as IncomingMessage, publicUrl), isOurs)
  })
}
