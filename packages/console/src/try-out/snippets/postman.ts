import { type Call, tokenUrl } from './call.ts'

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'

/**
 * Two requests as a Postman collection v2.1, to save as a file: the token, and the call with it. The secret is left to
 * variable `clientSecret`.
 */
export function postmanCollection(call: Call): string {
  const { origin, clientId, method, path } = call
  const basic = [keyed('username', '{{clientId}}'), keyed('password', '{{clientSecret}}')]
  const collection = {
    info: { name: `${method} ${path.replace(/\?.*$/, '')}`, schema },
    item: [
      {
        name: 'Get token',
        event: [{ listen: 'test', script: { type: 'text/javascript', exec: keepToken } }],
        request: { method: 'POST', header: [], auth: { type: 'basic', basic }, url: urlOf(call, tokenUrl(call)) },
      },
      {
        name: 'Call flow',
        request: {
          method,
          header: call.headers.map(({ name, value }) => ({ key: name, value })),
          auth: { type: 'bearer', bearer: [keyed('token', '{{accessToken}}')] },
          url: urlOf(call, origin + path),
          ...(call.body && { body: bodyOf(call.body) }),
        },
      },
    ],
    variable: [
      { key: 'url', value: origin },
      { key: 'clientId', value: clientId },
      { key: 'clientSecret', value: '' },
      { key: 'accessToken', value: '' },
    ],
  }
  return `${JSON.stringify(collection, undefined, 2)}\n`
}

const keepToken = [
  "pm.test('a token is granted', () => pm.response.to.have.status(200))",
  "pm.collectionVariables.set('accessToken', pm.response.json().access_token)",
]

function keyed(key: string, value: string) {
  return { key, value, type: 'string' }
}

function urlOf({ origin }: Call, url: string) {
  const raw = url.slice(origin.length)
  const [path = '', query] = raw.split(/\?(.*)/s)
  return {
    raw: `{{url}}${raw}`,
    host: ['{{url}}'],
    path: path.slice(1).split('/'),
    ...(query !== undefined && {
      query: query.split('&').map(pair => {
        const [key = '', value] = pair.split(/=(.*)/s)
        return { key, value: value ?? null }
      }),
    }),
  }
}

function bodyOf(body: NonNullable<Call['body']>) {
  return 'text' in body ? { mode: 'raw', raw: body.text } : { mode: 'file', file: { src: body.fileName } }
}
