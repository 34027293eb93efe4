import { type EntityBody, type EntityRow, ODataError } from '@sluice/odata'
import type { NumberRange } from '../../store/store.ts'
import { checkId } from './check-id.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { changeRuntime, readMonitoring } from './permissions.ts'

/** Counters that flows take numbers from. Every number is a string here, as documented. */
export const numberRanges: EntitySetApi = {
  clients: ['contiva', 'documentation', 'odata-mcp-proxy'],
  set: {
    name: 'NumberRanges',
    type: {
      name: 'NumberRange',
      key: ['Name'],
      properties: {
        Name: { type: 'Edm.String', nullable: false },
        Description: { type: 'Edm.String' },
        MaxValue: { type: 'Edm.String' },
        MinValue: { type: 'Edm.String' },
        Rotate: { type: 'Edm.String' },
        CurrentValue: { type: 'Edm.String' },
        FieldLength: { type: 'Edm.String' },
        DeployedBy: { type: 'Edm.String' },
        DeployedOn: { type: 'Edm.DateTime' },
      },
    },
  },
  roles: readMonitoring,
  list: async (query, { store }) => (await store.numberRanges.list(query)).map(rangeRow),
  count: (query, { store }) => store.numberRanges.count(query),
  async find(key, { store }) {
    const found = await store.numberRanges.find(textOf(key, 'Name'))
    return found && rangeRow(found)
  },
  create: { roles: changeRuntime, run: createRange },
  update: { roles: changeRuntime, status: 202, run: updateRange },
  delete: {
    roles: changeRuntime,
    status: 202,
    async run(row, { store }) {
      await store.numberRanges.delete(textOf(row, 'Name'))
    },
  },
}

function rangeRow(range: NumberRange): EntityRow {
  return {
    Name: range.name,
    Description: range.description,
    MaxValue: String(range.maxValue),
    MinValue: String(range.minValue),
    Rotate: String(range.rotate),
    CurrentValue: String(range.currentValue),
    FieldLength: String(range.fieldLength),
    DeployedBy: range.deployedBy,
    DeployedOn: range.deployedAt,
  }
}

async function createRange(body: EntityBody, context: ODataContext): Promise<EntityRow> {
  const name = checkId('Name', body.Name)
  const range = rangeOf({ MinValue: '0', FieldLength: '0', Rotate: 'false', ...body, Name: name }, context)
  await context.store.numberRanges.create(range)
  return rangeRow(range)
}

async function updateRange(row: EntityRow, body: EntityBody, context: ODataContext): Promise<void> {
  await context.store.numberRanges.put(rangeOf({ ...row, ...body, Name: textOf(row, 'Name') }, context))
}

function rangeOf(values: EntityRow, { user, now }: ODataContext): NumberRange {
  const minValue = wholeNumber(values, 'MinValue')
  const maxValue = wholeNumber(values, 'MaxValue')
  const currentValue = values.CurrentValue ? wholeNumber(values, 'CurrentValue') : minValue
  if (minValue > maxValue || currentValue < minValue || currentValue > maxValue + 1) {
    const found = `${minValue}, ${currentValue}, ${maxValue}`
    throw new ODataError('invalid-value', `Expected MinValue ≤ CurrentValue ≤ MaxValue, found ${found}`)
  }
  return {
    name: textOf(values, 'Name'),
    description: String(values.Description ?? ''),
    minValue,
    maxValue,
    currentValue,
    fieldLength: wholeNumber(values, 'FieldLength', 99),
    rotate: truth(values.Rotate),
    deployedBy: user,
    deployedAt: now,
  }
}

function wholeNumber(values: EntityRow, name: string, max = 999_999_999_999_999): number {
  const text = String(values[name] ?? '')
  if (/^\d{1,15}$/.test(text) && Number(text) <= max) return Number(text)
  throw new ODataError('invalid-value', `Expected "${name}" to be a whole number from 0 to ${max}, found "${text}"`)
}

function truth(value: EntityRow[string]): boolean {
  const text = String(value ?? 'false').toLowerCase()
  if (text === 'true' || text === 'false') return text === 'true'
  throw new ODataError('invalid-value', `Expected "Rotate" to be "true" or "false", found "${text}"`)
}
