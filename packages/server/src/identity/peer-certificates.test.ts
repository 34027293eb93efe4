import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CertificateNameKind } from '@sluice/oauth'
import { hasName } from './peer-certificates.ts'

/** As node:crypto writes them. */
const certificate = {
  subject: 'C=DE\nO=Example\\, Inc\nCN=orders',
  subjectAltName: [
    'DNS:Orders.example',
    'DNS:"evil\\", DNS:admin.example"',
    'URI:spiffe://example/orders',
    'URI:"https://example/a,b"',
    'IP Address:192.0.2.1',
    'IP Address:2001:DB8:0:0:0:0:0:1',
    'email:a@b.example',
  ].join(', '),
}

const names: readonly (readonly [CertificateNameKind, string, boolean])[] = [
  ['subject_dn', 'CN=orders,O=Example\\, Inc,C=DE', true],
  ['subject_dn', 'C=DE,O=Example\\, Inc,CN=orders', false],
  ['subject_dn', 'CN=orders', false],
  ['san_dns', 'orders.EXAMPLE', true],
  ['san_dns', 'admin.example', false],
  ['san_dns', '*.example', false],
  ['san_dns', 'spiffe://example/orders', false],
  ['san_uri', 'spiffe://example/orders', true],
  ['san_uri', 'spiffe://EXAMPLE/orders', false],
  ['san_uri', 'https://example/a,b', true],
  ['san_ip', '192.0.2.1', true],
  ['san_ip', '2001:db8::1', true],
  ['san_ip', '2001:db8::2', false],
  ['san_email', 'a@b.example', true],
  ['san_email', 'A@b.example', false],
]

for (const [kind, value, expected] of names) {
  test(`RFC 8705 §2.1.2: the certificate has ${expected ? 'the' : 'no'} ${kind} ${value}`, () => {
    assert.equal(hasName(certificate, kind, value), expected)
  })
}

test('a certificate without alternative names has none', () => {
  assert.equal(hasName({ subject: 'CN=a', subjectAltName: undefined as never }, 'san_dns', 'a'), false)
})
