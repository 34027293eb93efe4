import { entitySets, functionImports, knownClients } from '@sluice/server/reference'
import { code, page, table } from './markdown.ts'

type EntitySetApi = (typeof entitySets)[number]

export function entitySetsPage(): string {
  return page(
    'Entity sets',
    'packages/server/src/api/odata',
    'The Cloud Integration OData V2 API below `/api/v1`. Roles belong to application `<subaccount>tmn`; a caller needs all that are named. `AuthGroup.*` roles include them. Properties of every entity are read one by one, too (`Set(key)/Property`, `/$value`), links at `$links/Navigation`, and everything in `$batch`.',
    table(
      ['entity set', 'operations', 'options of its own', 'navigation', 'roles to read', 'roles to change', 'used by'],
      entitySets.map(setRow),
    ),
    '## Function imports',
    table(
      ['function', 'parameters', 'roles', 'used by'],
      functionImports.map(({ functionImport: { name, method, parameters }, roles, clients = [] }) => [
        code(`${method} ${name}`),
        Object.keys(parameters).map(code).join(', '),
        roleList(roles),
        clients.join(', '),
      ]),
    ),
    '## Known clients',
    'Programs whose sources or requests are known: what they rely on is not to be changed.',
    table(['client', 'what it is'], Object.entries(knownClients)),
  )
}

function setRow(api: EntitySetApi): string[] {
  const { set, options = [], navigations = {}, clients = [] } = api
  return [
    code(set.name),
    operationsOf(api).join(', ') || 'by navigation',
    options.map(code).join(', '),
    Object.entries(navigations).map(navigationOf).join('\n'),
    rolesToRead(api),
    rolesToChange(api),
    clients.join(', '),
  ]
}

function operationsOf(api: EntitySetApi): string[] {
  return [
    ...(api.list ? ['list'] : []),
    ...(api.count ? ['count'] : []),
    ...(api.find ? ['read'] : []),
    ...(api.create ? ['create'] : []),
    ...(api.update ? ['update'] : []),
    ...(api.merge ? ['merge'] : []),
    ...(api.delete ? ['delete'] : []),
    ...(api.media ? [code('$value')] : []),
    ...(api.putMedia ? [code('PUT $value')] : []),
  ]
}

/** The name, and what can be done besides reading. */
function navigationOf([name, api]: [string, NonNullable<EntitySetApi['navigations']>[string]]): string {
  const changes =
    'list' in api
      ? [api.create && 'create', api.updateLink && code('PUT $links'), api.deleteLink && code('DELETE $links')]
      : []
  const known = changes.filter(Boolean)
  return known.length === 0 ? code(name) : `${code(name)}: ${known.join(', ')}`
}

/** Whoever downloads needs those for reading, too. */
function rolesToRead({ roles, mediaRoles = [] }: EntitySetApi): string {
  const more = mediaRoles.filter(role => !roles.includes(role)).map(code)
  return more.length === 0 ? roleList(roles) : `${roleList(roles)}\n${code('$value')}, too: ${more.join(', ')}`
}

/** All changes that take the same roles, together; by name where not all do. */
function rolesToChange(api: EntitySetApi): string {
  const groups = [...Map.groupBy(changesOf(api), ([, roles]) => roleList(roles))]
  if (groups.length <= 1) return groups.map(([roles]) => roles).join('')
  return groups.map(([roles, changes]) => `${changes.map(([name]) => name).join(', ')}:\n${roles}`).join('\n')
}

function changesOf(api: EntitySetApi): (readonly [name: string, roles: readonly string[]])[] {
  const { create, update, merge, delete: remove, putMedia } = api
  const related = Object.entries(api.navigations ?? {}).flatMap(([name, navigation]) =>
    'list' in navigation
      ? [navigation.create, navigation.updateLink, navigation.deleteLink].map(change => [code(name), change] as const)
      : [],
  )
  const own = [
    ['create', create],
    ['update', update],
    ['merge', merge],
    ['delete', remove],
    [remove?.conditionalRoles ? 'delete, depending on the entity' : '', remove && { roles: remove.conditionalRoles }],
    [code('PUT $value'), putMedia],
  ] as const
  const all = [...own, ...related].flatMap(([name, change]) => (change?.roles ? [[name, change.roles] as const] : []))
  return [...new Map(all.map(change => [change.join(), change])).values()]
}

const roleList = (roles: readonly string[]) => roles.map(code).join('\n')
