import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseVariant } from './variant.ts'

const none = {
  ctype: '',
  cname: '',
  transportProtocol: undefined,
  messageProtocol: undefined,
  direction: undefined,
  vendor: undefined,
  version: undefined,
}

const cases: [string, object | undefined][] = [
  [
    'ctype::AdapterVariant/cname::sap:HTTPS/tp::HTTPS/mp::None/direction::Sender/version::1.5.2',
    {
      ...none,
      ctype: 'AdapterVariant',
      cname: 'HTTPS',
      transportProtocol: 'HTTPS',
      messageProtocol: 'None',
      direction: 'Sender',
      version: '1.5.2',
    },
  ],
  ['ctype::FlowstepVariant/cname::Enricher', { ...none, ctype: 'FlowstepVariant', cname: 'Enricher' }],
  [
    'ctype::AdapterVariant/cname::X/vendor::A/B GmbH/tp::HTTP/2/version::1.0.0',
    { ...none, ctype: 'AdapterVariant', cname: 'X', vendor: 'A/B GmbH', transportProtocol: 'HTTP/2', version: '1.0.0' },
  ],
  [
    'ctype::AdapterVariant/cname::com.sap.it.ide.mail.ui.namespace2:Mail/mp::None',
    { ...none, ctype: 'AdapterVariant', cname: 'com.sap.it.ide.mail.ui.namespace2:Mail', messageProtocol: 'None' },
  ],
  ['', undefined],
  ['Enricher', undefined],
  ['version::1.0', undefined],
]

for (const [uri, expected] of cases)
  test(`reads the variant "${uri}"`, () => {
    assert.deepEqual(parseVariant(uri), expected)
  })
