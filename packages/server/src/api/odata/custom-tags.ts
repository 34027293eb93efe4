import { type EntityRow, ODataError, queryRows } from '@sluice/odata'
import type { TagFilter } from '../../store/store.ts'
import { checkTagValue, declaredTags } from './custom-tag-configurations.ts'
import { type EntitySetApi, type ODataContext, type ToManyApi, textOf } from './definition.ts'
import { readDesign, writeDesign } from './permissions.ts'

/** Custom tags of a package, reached through it only. */
export const customTags: EntitySetApi = {
  clients: ['contiva'],
  set: {
    name: 'CustomTags',
    type: {
      name: 'CustomTag',
      key: ['Name'],
      properties: { Name: { type: 'Edm.String', nullable: false }, Value: { type: 'Edm.String' } },
    },
  },
  roles: readDesign,
}

/** One for each tag that the tenant's configuration has; a value whose tag went from there is kept but not shown. */
export const packageTags: ToManyApi = {
  list: async (parent, query, context) => queryRows(await tagRows(parent, context), query),
  count: async (parent, query, context) => queryRows(await tagRows(parent, context), query).length,
  find: async (parent, key, context) => (await tagRows(parent, context)).find(row => row.Name === key.Name),
  updateLink: {
    roles: writeDesign,
    status: 202,
    async run(parent, key, body, context) {
      const name = textOf(key, 'Name')
      const tag = (await declaredTags(context)).find(declared => declared.name === name)
      if (!tag) throw new ODataError('not-found', `Expected a custom tag of the tenant, found "${name}"`)
      await context.store.packages.setTag(textOf(parent, 'Id'), name, checkTagValue(tag, body.Value))
    },
  },
}

async function tagRows(parent: EntityRow, context: ODataContext): Promise<readonly EntityRow[]> {
  const values = await context.store.packages.tags(textOf(parent, 'Id'))
  return (await declaredTags(context)).map(({ name }) => ({ Name: name, Value: values.get(name) ?? null }))
}

const wantedValuesMax = 100

/** Query options that are named like custom tags, as in `?Author=Fred|John`: any of the values will do. */
export async function tagFilter(context: ODataContext): Promise<TagFilter> {
  if (context.options.size === 0) return new Map()
  const wanted = (await declaredTags(context)).flatMap(({ name }) => {
    const value = context.options.get(name)
    return value === undefined ? [] : [[name, wantedValues(name, value)] as const]
  })
  return new Map(wanted)
}

function wantedValues(name: string, text: string): readonly string[] {
  const values = text.split('|').map(item => item.trim())
  if (values.length <= wantedValuesMax) return values
  throw new ODataError(
    'malformed-option',
    `Expected at most ${wantedValuesMax} values of ${name}, found ${values.length}`,
  )
}
