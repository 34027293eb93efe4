import { type EntityBody, type EntityRow, ODataError, queryRows } from '@sluice/odata'
import type { EntitySetApi, ODataContext } from './definition.ts'
import { configureTenant, readDesign } from './permissions.ts'

/** One custom tag that packages can have. */
export interface CustomTagDeclaration {
  readonly name: string
  readonly isMandatory: boolean
  /** The only values that there may be; empty where any is fine. */
  readonly permittedValues: readonly string[]
}

const configurationId = 'CustomTags'
const tagsMax = 100
const nameCharactersMax = 100
const valueCharactersMax = 200
const permittedValuesMax = 1_000

/** The custom tags of the tenant: one entity, whose media resource is the JSON that it was created with. */
export const customTagConfigurations: EntitySetApi = {
  clients: ['contiva', 'odata-mcp-proxy'],
  options: ['Overwrite'],
  set: {
    name: 'CustomTagConfigurations',
    type: {
      name: 'CustomTagConfiguration',
      key: ['Id'],
      hasStream: true,
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        CustomTagsConfigurationContent: { type: 'Edm.String' },
      },
    },
  },
  roles: readDesign,
  list: async (query, context) => queryRows(await rows(context), query),
  count: async (query, context) => queryRows(await rows(context), query).length,
  find: async (key, context) => (await rows(context)).find(row => row.Id === key.Id),
  create: { roles: configureTenant, run: createConfiguration },
  merge: { roles: configureTenant, status: 204, run: (_row, body, context) => replaceConfiguration(body, context) },
  async media(_row, { store }) {
    const content = await store.customTags.find()
    return content === undefined ? undefined : { contentType: 'application/json', body: content }
  },
}

/** The tags that packages can have, in the order of the configuration. */
export async function declaredTags({ store }: ODataContext): Promise<readonly CustomTagDeclaration[]> {
  const content = await store.customTags.find()
  return content === undefined ? [] : readConfiguration(JSON.parse(content))
}

async function rows({ store }: ODataContext): Promise<readonly EntityRow[]> {
  const content = await store.customTags.find()
  return content === undefined ? [] : [configurationRow(content)]
}

function configurationRow(content: string): EntityRow {
  return { Id: configurationId, CustomTagsConfigurationContent: Buffer.from(content).toString('base64') }
}

/** With query option `Overwrite=true` in place of the one that there is. */
async function createConfiguration(body: EntityBody, { store, options }: ODataContext): Promise<EntityRow> {
  const content = contentOf(body)
  await store.customTags.put(content, options.get('Overwrite') === 'true')
  return configurationRow(content)
}

async function replaceConfiguration(body: EntityBody, { store }: ODataContext): Promise<void> {
  await store.customTags.put(contentOf(body), true)
}

function contentOf({ CustomTagsConfigurationContent: content }: EntityBody): string {
  return JSON.stringify(documentOf(readConfiguration(parse(content))))
}

function parse(base64: EntityBody[string] | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(String(base64 ?? ''), 'base64').toString('utf8'))
  } catch (cause) {
    const message = 'Expected "CustomTagsConfigurationContent" to be JSON in base64, found something else'
    throw new ODataError('invalid-value', message, { cause })
  }
}

function readConfiguration(value: unknown): readonly CustomTagDeclaration[] {
  const list = (value as { customTagsConfiguration?: unknown } | null)?.customTagsConfiguration
  if (!Array.isArray(list)) throw invalid('a list "customTagsConfiguration"', 'none')
  if (list.length > tagsMax) throw invalid(`at most ${tagsMax} tags`, String(list.length))
  const tags = list.map(readTag)
  const twice = tags.find(({ name }, index) => tags.findIndex(tag => tag.name === name) < index)
  if (twice) throw invalid('each tag once', `"${twice.name}" twice`)
  return tags
}

function readTag(value: Partial<Record<string, unknown>> | null): CustomTagDeclaration {
  const { tagName, isMandatory = false, permittedValues = [] } = value ?? {}
  if (typeof tagName !== 'string' || !/^[^\p{Cc}]+$/u.test(tagName) || tagName.length > nameCharactersMax)
    throw invalid(`"tagName" to be a text of 1 to ${nameCharactersMax} characters`, shown(tagName))
  if (typeof isMandatory !== 'boolean') throw invalid('"isMandatory" to be true or false', `another in "${tagName}"`)
  if (!Array.isArray(permittedValues) || permittedValues.some(item => typeof item !== 'string'))
    throw invalid('"permittedValues" to be a list of texts', `something else in "${tagName}"`)
  const values: string[] = permittedValues.flatMap(splitValues)
  if (values.length > permittedValuesMax || values.some(({ length }) => length > valueCharactersMax))
    throw invalid(
      `at most ${permittedValuesMax} "permittedValues" of ${valueCharactersMax} characters`,
      `more in "${tagName}"`,
    )
  return { name: tagName, isMandatory, permittedValues: values }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value.slice(0, 50)}"` : value === undefined ? 'none' : 'something else'
}

/** The documentation's example has several values in one text. */
function splitValues(text: string): string[] {
  return text.split(',').flatMap(value => value.trim() || [])
}

/** As documented: permitted values only where there are some. */
function documentOf(tags: readonly CustomTagDeclaration[]): unknown {
  return {
    customTagsConfiguration: tags.map(({ name, permittedValues, isMandatory }) => ({
      tagName: name,
      ...(permittedValues.length > 0 && { permittedValues }),
      isMandatory,
    })),
  }
}

function invalid(expected: string, found: string): ODataError {
  return new ODataError('invalid-value', `Expected ${expected} in the configuration of custom tags, found ${found}`)
}

/** A value for a tag. Throws `ODataError`. */
export function checkTagValue({ name, isMandatory, permittedValues }: CustomTagDeclaration, value: unknown): string {
  if (typeof value !== 'string') throw new ODataError('malformed-body', 'Expected a text in "Value", found none')
  if (value.length > valueCharactersMax)
    throw invalidTag(name, `at most ${valueCharactersMax} characters`, String(value.length))
  if (value === '' && isMandatory) throw invalidTag(name, 'a value, as it is mandatory', 'none')
  if (value !== '' && permittedValues.length > 0 && !permittedValues.includes(value))
    throw invalidTag(name, `one of ${permittedValues.map(item => `"${item}"`).join(', ')}`, `"${value}"`)
  return value
}

function invalidTag(name: string, expected: string, found: string): ODataError {
  return new ODataError('invalid-value', `Expected ${expected} in the custom tag "${name}", found ${found}`)
}
