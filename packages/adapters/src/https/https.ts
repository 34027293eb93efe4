import { choice, defineAdapter, flag, tab, text, wholeNumber } from '@sluice/iflow'
import { compileSender } from './sender.ts'

export const https = defineAdapter({
  type: 'HTTPS',
  label: 'HTTPS',
  doc: 'Requests over HTTP, at `/http` followed by the address.',
  sender: {
    doc: [
      'Starts the flow with a request and answers with the message that the flow ends with. Headers and query parameters',
      "get in when the flow's allowed headers say so, never those that begin with `Camel` or `SSL_CLIENT_`. Sets headers",
      '`CamelHttpMethod`, `CamelHttpUrl`, `CamelHttpQuery`, `CamelHttpPath` (what follows the address),',
      '`CamelServletContextPath` (the address) and `SapAuthenticatedUserName`. The answer has status 200, 204 without a',
      'body, or what header `CamelHttpResponseCode` says; 500 when the message failed.',
    ].join(' '),
    versions: { from: '1.3', to: '1.5' },
    channel: {
      version: '1.5.2',
      transportProtocol: 'HTTPS',
      messageProtocol: 'None',
      properties: { clientCertificates: '' },
    },
    props: {
      ...tab('Connection', {
        urlPath: text(
          'Address',
          'The address: begins with `/`, letters, digits, `_`, `-`, `.`, `~`. `/*` at the end takes in everything below.',
        ),
        senderAuthType: choice(
          'Authorization',
          'How callers show who they are.',
          { RoleBased: ['User Role', 'By the role of an authenticated user.'] },
          { default: 'RoleBased' },
        ),
        userRole: text('User Role', 'The role that a caller needs.', { default: 'ESBMessaging.send' }),
        xsrfProtection: flag('CSRF Protected', 'Whether modifying requests need a CSRF token.', {
          default: true,
          fresh: '1',
        }),
      }),
      ...tab('Conditions', {
        maximumBodySize: wholeNumber('Body Size (in MB)', 'Largest body in MB.', { default: 40, min: 1, max: 2_000 }),
      }),
    },
    compile: compileSender,
  },
  examples: [
    { title: 'One address', direction: 'Sender', properties: { urlPath: '/orders', xsrfProtection: '0' } },
    {
      title: 'Everything below an address',
      direction: 'Sender',
      properties: { urlPath: '/orders/*', userRole: 'Orders.send' },
    },
  ],
})
