import { type EntityBody, ODataError } from '@sluice/odata'
import type { StringParameterEntry } from '../../store/store.ts'
import { checkLine } from './check-id.ts'
import { type EntitySetApi, textOf } from './definition.ts'
import { auditProperties, partnerEntries } from './partner-entries.ts'

/** Longest value, in characters, as the original declares it. */
const valueLengthMax = 4_000

/** Texts that belong to partners. */
export const stringParameters: EntitySetApi = {
  clients: ['contiva', 'documentation', 'figaf', 'odata-mcp-proxy'],
  options: ['user'],
  set: {
    name: 'StringParameters',
    type: {
      name: 'StringParameter',
      key: ['Pid', 'Id'],
      properties: {
        Pid: { type: 'Edm.String', nullable: false },
        Id: { type: 'Edm.String', nullable: false },
        ...auditProperties,
        Value: { type: 'Edm.String', nullable: false },
      },
    },
  },
  ...partnerEntries<StringParameterEntry, 'partnerId' | 'id'>({
    entries: directory => directory.stringParameters,
    keyOf: parameterKey,
    row: ({ partnerId, id, value }) => ({ Pid: partnerId, Id: id, Value: value }),
    created: body => ({ ...newParameterKey(body), value: readValue(body) }),
    changed: body => ({ value: readValue(body) }),
  }),
}

/** The key of a parameter in the terms of the store. */
export function parameterKey(key: Parameters<typeof textOf>[0]): { partnerId: string; id: string } {
  return { partnerId: textOf(key, 'Pid'), id: textOf(key, 'Id') }
}

/** The key of a new parameter. Throws `ODataError`. */
export function newParameterKey(body: EntityBody): { partnerId: string; id: string } {
  return { partnerId: checkLine(body, 'Pid', 60), id: checkLine(body, 'Id', 1500) }
}

function readValue({ Value: value }: EntityBody): string {
  if (typeof value === 'string' && value.length <= valueLengthMax) return value
  const found = typeof value === 'string' ? `${value.length}` : 'none'
  throw new ODataError('invalid-value', `Expected "Value" with at most ${valueLengthMax} characters, found ${found}`)
}
