import { choice, defineAdapter, flag, text, wholeNumber } from '@sluice/iflow'
import { compileReceiver } from './receiver.ts'

const simple = 'May hold Simple expressions.'

export const http = defineAdapter({
  type: 'HTTP',
  label: 'HTTP',
  doc: 'Requests to other systems over HTTP and HTTPS.',
  receiver: {
    doc: [
      'Sends the message as a request and waits for the whole answer: its body and allowed headers, and the headers',
      '`CamelHttpResponseCode` and `CamelHttpResponseText`. Header `CamelHttpUri` overrides the address, `CamelHttpQuery`',
      'the query, and `CamelHttpPath` is appended to the address. A body goes with its `Content-Type`; text is sent in the',
      'charset of the message (`CamelCharsetName`, else UTF-8), and the charset of the answer becomes property',
      "`CamelCharsetName`. Header `set-cookie` is always a list. With the flow's session handling *On Exchange* or *On",
      'Integration Flow* cookies are kept and sent again, unless the message has a `Cookie` header that is sent. Redirects are',
      'not followed. A connection that fails, a',
      'timeout and, unless told otherwise, an answer of 300 and above fail the step; the failure then tells status,',
      'headers and body, and the two response headers are set.',
    ].join(' '),
    speaksHttp: true,
    versions: { from: '1.7', to: '1.17' },
    channel: {
      version: '1.17.0',
      transportProtocol: 'HTTP',
      messageProtocol: 'None',
      properties: {
        streaming: 'false',
        locationID: '',
        proxyHost: '',
        proxyPort: '',
        internetProxyType: '',
        apiArtifactType: '',
        providerAuth: '',
        providerName: '',
        providerUrl: '',
        providerRelativeUrl: '',
      },
    },
    props: {
      httpAddressWithoutQuery: text(`The URL without its query, http or https. ${simple}`, { default: '' }),
      httpAddressQuery: text(`The query, without \`?\`, percent-encoded where it needs to be. ${simple}`, {
        default: '',
      }),
      httpMethod: choice(
        'The method.',
        {
          GET: 'Read.',
          POST: 'Send the body.',
          PUT: 'Replace by the body.',
          PATCH: 'Change by the body.',
          DELETE: 'Delete.',
          HEAD: 'As GET, without a body in the answer.',
          TRACE: 'Echo the request.',
          DYNAMIC: 'As `methodSourceExpression` says.',
        },
        { default: 'POST' },
      ),
      methodSourceExpression: text('Method `DYNAMIC`: a Simple expression; POST when it gives nothing.', {
        default: '',
      }),
      httpShouldSendBody: flag('Whether GET, DELETE and HEAD send the body, too.', { default: false }),
      httpRequestTimeout: wholeNumber('Milliseconds within which the whole answer must be there.', {
        default: 60_000,
        min: 1,
        max: 86_400_000,
      }),
      proxyType: choice(
        'How the other system is reached.',
        {
          default: 'Directly.',
          Internet: 'Directly.',
          sapcc: 'On premise: directly, too. There is no Cloud Connector in between, so the address is the real one.',
        },
        { default: 'default' },
      ),
      authenticationMethod: choice(
        'How the flow shows who it is.',
        {
          None: 'Not at all, or by an `Authorization` header of the message that is among the request headers.',
          Basic: 'By user and password of user credentials.',
          'OAuth2 Client Credentials':
            'By a bearer token of OAuth2 client credentials, kept until shortly before it expires. One that is refused with 401 is replaced once.',
          'Client Certificate': 'By the certificate of a key pair of the keystore.',
        },
        { default: 'None' },
      ),
      credentialName: text(`Name of the user credentials or OAuth2 client credentials. ${simple}`, { default: '' }),
      privateKeyAlias: text(
        `Client certificates: the alias of the key pair; empty for the only one in the keystore that is valid. ${simple}`,
        { default: '' },
      ),
      allowedRequestHeaders: text(
        'Headers of the message that are sent, separated by `|`; `*` alone for all. Never `Camel…` and those of the connection. May be a Simple expression. Without the property all are sent.',
        { default: '*' },
      ),
      allowedResponseHeaders: text(
        'Headers of the answer that get into the message, separated by `|`; `*` alone for all.',
        { default: '*' },
      ),
      throwExceptionOnFailure: flag('Whether an answer of 300 and above fails the step.', { default: true }),
      enableMPLAttachments: flag('Whether the body of such an answer is put beside the message processing log.', {
        default: false,
      }),
      retryOnConnectionFailure: flag('Whether a request is tried again when there is no connection.', {
        default: false,
      }),
      httpErrorResponseCodes: text(
        'With retries: status codes, separated by `,` or `|`, upon which a request is tried again, too, when they would fail the step.',
        { default: '' },
      ),
      retryInterval: wholeNumber('With retries: seconds in between. Header `Retry-After` of an answer overrides it.', {
        default: 5,
        min: 0,
        max: 60,
      }),
      retryIteration: wholeNumber('With retries: how often.', { default: 1, min: 0, max: 3 }),
    },
    compile: compileReceiver,
  },
  examples: [
    {
      title: 'Post JSON with a token',
      direction: 'Receiver',
      properties: {
        httpAddressWithoutQuery: 'https://orders.example.com/v1/orders',
        httpMethod: 'POST',
        authenticationMethod: 'OAuth2 Client Credentials',
        credentialName: 'orders',
        allowedRequestHeaders: 'x-request-id',
      },
    },
    {
      title: 'Read by a key of the message, and go on whatever the status',
      direction: 'Receiver',
      properties: {
        httpAddressWithoutQuery: 'https://orders.example.com/v1/orders/${header.id}',
        httpAddressQuery: 'fields=${property.fields}',
        httpMethod: 'GET',
        throwExceptionOnFailure: 'false',
      },
    },
  ],
})
