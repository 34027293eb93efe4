import { entitySets, functionImports } from '@sluice/server/reference'
import { code, page, table } from './markdown.ts'

export function entitySetsPage(): string {
  const sets = entitySets.map(api => {
    const operations = [
      api.list && 'list',
      api.count && 'count',
      api.find && 'read',
      api.create && 'create',
      api.update && 'update',
      api.delete && 'delete',
      api.media && code('$value'),
      api.putMedia && code('PUT $value'),
    ]
    return [
      code(api.set.name),
      operations.filter(Boolean).join(', ') || 'by navigation',
      Object.keys(api.navigations ?? {})
        .map(code)
        .join(', '),
      [roleList(api.roles), ...(api.mediaRoles ?? []).map(role => `${code(role)} for ${code('$value')}`)].join('\n'),
      roleList([...new Set([api.create, api.update, api.delete, api.putMedia].flatMap(change => change?.roles ?? []))]),
    ]
  })
  const functions = functionImports.map(({ functionImport: { name, method, parameters }, roles }) => [
    code(`${method} ${name}`),
    Object.keys(parameters).map(code).join(', '),
    roleList(roles),
  ])
  return page(
    'Entity sets',
    'packages/server/src/api/odata',
    'The Cloud Integration OData V2 API below `/api/v1`. Roles belong to application `<subaccount>tmn`; a caller needs all that are named. `AuthGroup.*` roles include them.',
    table(['entity set', 'operations', 'navigation', 'roles to read', 'roles to change'], sets),
    '## Function imports',
    table(['function', 'parameters', 'roles'], functions),
  )
}

const roleList = (roles: readonly string[]) => roles.map(code).join('\n')
