import { operationsCommands } from '@sluice/server/reference'
import { code, page, table } from './markdown.ts'

export function operationsCommandsPage(): string {
  return page(
    'Commands outside of OData',
    'packages/server/src/api/operations',
    'Commands of the original that its web pages, browser extensions and scripts call, below `/Operations` and `/itspaces/Operations`. Parameters go into the query, or into a body that is a form or a JSON object; answers are XML, or JSON for `Accept: application/json`. Roles belong to application `<subaccount>tmn`; a caller needs all that are named.',
    table(
      ['command', 'what it does', 'roles'],
      operationsCommands.map(({ name, method, doc, roles }) => [
        code(`${method} ${name}`),
        doc,
        roles.map(code).join('\n'),
      ]),
    ),
  )
}
