import { choice, defineAdapter, flag, tab, text, when, wholeNumber } from '@sluice/iflow'
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
      ...tab('Connection', {
        httpAddressWithoutQuery: text('Address', `The URL without its query, http or https. ${simple}`, {
          default: '',
          expression: 'simple',
        }),
        httpAddressQuery: text('Query', `The query, without \`?\`, percent-encoded where it needs to be. ${simple}`, {
          default: '',
          expression: 'simple',
        }),
        proxyType: choice(
          'Proxy Type',
          'How the other system is reached.',
          {
            default: ['Internet', 'Directly.'],
            Internet: 'Directly.',
            sapcc: [
              'On-Premise',
              'On premise: directly, too. There is no Cloud Connector in between, so the address is the real one.',
            ],
          },
          { default: 'default' },
        ),
        httpMethod: choice(
          'Method',
          'The method.',
          {
            GET: 'Read.',
            POST: 'Send the body.',
            PUT: 'Replace by the body.',
            PATCH: 'Change by the body.',
            DELETE: 'Delete.',
            HEAD: 'As GET, without a body in the answer.',
            TRACE: 'Echo the request.',
            DYNAMIC: ['Dynamic', 'As "Expression" says.'],
          },
          { default: 'POST' },
        ),
        ...when('httpMethod', ['DYNAMIC'], {
          methodSourceExpression: text(
            'Expression',
            'Method `DYNAMIC`: a Simple expression; POST when it gives nothing.',
            { default: '', expression: 'simple' },
          ),
        }),
        ...when('httpMethod', ['GET', 'DELETE', 'HEAD', 'DYNAMIC'], {
          httpShouldSendBody: flag('Send Body', 'Whether GET, DELETE and HEAD send the body, too.', {
            default: false,
          }),
        }),
        authenticationMethod: choice(
          'Authentication',
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
        ...when('authenticationMethod', ['Basic', 'OAuth2 Client Credentials'], {
          credentialName: text(
            'Credential Name',
            `Name of the user credentials or OAuth2 client credentials. ${simple}`,
            { default: '', expression: 'simple', names: 'credential' },
          ),
        }),
        ...when('authenticationMethod', ['Client Certificate'], {
          privateKeyAlias: text(
            'Private Key Alias',
            `Client certificates: the alias of the key pair; empty for the only one in the keystore that is valid. ${simple}`,
            { default: '', expression: 'simple', names: 'keyPair' },
          ),
        }),
        httpRequestTimeout: wholeNumber(
          'Timeout (in ms)',
          'Milliseconds within which the whole answer must be there.',
          { default: 60_000, min: 1, max: 86_400_000 },
        ),
        throwExceptionOnFailure: flag(
          'Throw Exception on Failure',
          'Whether an answer of 300 and above fails the step.',
          { default: true },
        ),
        enableMPLAttachments: flag(
          'Attach Error Details on Failure',
          'Whether the body of such an answer is put beside the message processing log.',
          { default: false, fresh: 'true' },
        ),
      }),
      ...tab('Header Details', {
        allowedRequestHeaders: text(
          'Request Headers',
          'Headers of the message that are sent, separated by `|`; `*` alone for all. Never `Camel…` and those of the connection. May be a Simple expression. Without the property all are sent.',
          { default: '*', fresh: '', expression: 'simple' },
        ),
        allowedResponseHeaders: text(
          'Response Headers',
          'Headers of the answer that get into the message, separated by `|`; `*` alone for all.',
          { default: '*', expression: 'simple' },
        ),
      }),
      ...tab('Retry', {
        retryOnConnectionFailure: flag(
          'Retry Failed Requests',
          'Whether a request is tried again when there is no connection.',
          { default: false },
        ),
        ...when('retryOnConnectionFailure', ['true', '1'], {
          httpErrorResponseCodes: text(
            'HTTP Error Response Codes',
            'With retries: status codes, separated by `,` or `|`, upon which a request is tried again, too, when they would fail the step.',
            { default: '' },
          ),
          retryInterval: wholeNumber(
            'Retry Interval (in seconds)',
            'With retries: seconds in between. Header `Retry-After` of an answer overrides it.',
            { default: 5, min: 0, max: 60 },
          ),
          retryIteration: wholeNumber('Retry Iterations', 'With retries: how often.', { default: 1, min: 0, max: 3 }),
        }),
      }),
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
