import { oauthErrors } from '@sluice/oauth'
import { odataErrors } from '@sluice/odata'
import { code, page, table } from './markdown.ts'

export function errorsPage(): string {
  const oauth = Object.entries(oauthErrors).map(([name, { status, error, description }]) => [
    code(name),
    String(status),
    code(error),
    description,
  ])
  const odata = Object.entries(odataErrors).map(([name, { status, phrase }]) => [code(name), String(status), phrase])
  return page(
    'Errors',
    'packages/oauth/src/errors.ts and packages/odata/src/error.ts',
    'What callers get for their mistakes. The reason behind an answer is in the access log only.',
    '## OAuth endpoints',
    'RFC 6749 §5.2: `error` and `error_description` as JSON.',
    table(['code', 'status', 'error', 'description'], oauth),
    '## OData API',
    'Atom, or JSON where the request asks for it: the phrase in `code`, a sentence in `message`.',
    table(['code', 'status', 'phrase'], odata),
    '## Other APIs',
    'RFC 9457 problem details with a stable `code` and a sentence in `detail`.',
  )
}
