import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { isAddressList, readAddressList } from '../config/address-list.ts'
import { addressOf, trustForwarded } from './client-address.ts'

const cases: readonly (readonly [
  what: string,
  peer: string | undefined,
  header: string | undefined,
  expected: string,
])[] = [
  ['no header', '10.0.0.1', undefined, '10.0.0.1'],
  ['an empty header', '10.0.0.1', '', '10.0.0.1'],
  ['what the proxy was called by', '10.0.0.1', '203.0.113.7', '203.0.113.7'],
  ['a header of a peer that is no proxy', '198.51.100.1', '203.0.113.7', '198.51.100.1'],
  ['a neighbour of the range', '11.0.0.1', '203.0.113.7', '11.0.0.1'],
  ['what a client made up, before what the proxy appended', '10.0.0.1', '203.0.113.9, 203.0.113.7', '203.0.113.7'],
  ['a client that makes up a proxy', '10.0.0.1', '203.0.113.9, 10.0.0.2, 203.0.113.7', '203.0.113.7'],
  ['several proxies', '10.0.0.1', '203.0.113.9,203.0.113.7 ,\t10.1.2.3, 192.0.2.8', '203.0.113.7'],
  ['proxies alone', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ['a proxy as IPv6-mapped IPv4', '::ffff:10.0.0.1', '203.0.113.7', '203.0.113.7'],
  ['a hop as IPv6-mapped IPv4', '10.0.0.1', '203.0.113.7, ::ffff:10.0.0.2', '203.0.113.7'],
  ['a client as IPv6-mapped IPv4', '10.0.0.1', '::FFFF:203.0.113.7', '203.0.113.7'],
  ['a peer that is no proxy, as IPv6-mapped IPv4', '::ffff:198.51.100.1', '203.0.113.7', '::ffff:198.51.100.1'],
  ['an IPv6 proxy and client', 'fd00::1', '2001:DB8::1', '2001:db8::1'],
  ['a port of a client', '10.0.0.1', '203.0.113.7:55123', '203.0.113.7'],
  ['a port of an IPv6 client', '10.0.0.1', '[2001:db8::1]:55123', '2001:db8::1'],
  ['brackets without a port', '10.0.0.1', '[2001:db8::1]', '2001:db8::1'],
  ['garbage', '10.0.0.1', 'unknown', '10.0.0.1'],
  ['garbage beyond a proxy', '10.0.0.1', '203.0.113.7, "\u00e9<script>, 10.0.0.2', '10.0.0.2'],
  ['nothing beyond a proxy', '10.0.0.1', '203.0.113.7,, 10.0.0.2', '10.0.0.2'],
  ['a zone of any length', '10.0.0.1', `fe80::1%${'x'.repeat(1000)}`, '10.0.0.1'],
  ['no address that is nearly one', '10.0.0.1', '203.0.113.256', '10.0.0.1'],
  ['a connection that is gone', undefined, '203.0.113.7', ''],
]

test('the address is the right-most one that no trusted proxy has', () => {
  const isTrusted = readAddressList('10.0.0.0/8, 192.0.2.8,fd00::/8')
  for (const [what, remoteAddress, header, expected] of cases) {
    const headers = header === undefined ? {} : { 'x-forwarded-for': header }
    const request = { headers, socket: { remoteAddress } } as unknown as IncomingMessage
    trustForwarded(request, isTrusted)
    assert.equal(addressOf(request), expected, what)
  }
})

test('what is no list of addresses is refused, and so is one of everybody', () => {
  for (const list of ['10.0.0.1', '10.0.0.0/8,::1', ' loopback , uniquelocal ', '10.0.0.0/255.0.0.0', 'fe80::/10']) {
    assert.ok(isAddressList(list), list)
  }
  for (const list of ['', ',', '10', '10/8', '10.0.0.0/33', '10.0.0.0/x', 'fd00::/129', 'proxy.example', '*', 'true'])
    assert.ok(!isAddressList(list), list)
  for (const list of ['0.0.0.0/0', '::/0', '10.0.0.1,0.0.0.0/0']) assert.ok(!isAddressList(list), list)
})
