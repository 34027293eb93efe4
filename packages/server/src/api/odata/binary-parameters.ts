import { type EntityBody, ODataError } from '@sluice/odata'
import type { BinaryParameterEntry } from '../../store/store.ts'
import { checkLine } from './check-id.ts'
import type { EntitySetApi } from './definition.ts'
import { auditProperties, partnerEntries } from './partner-entries.ts'
import { newParameterKey, parameterKey } from './string-parameters.ts'

/** Largest content in bytes, as the original declares it. */
const valueBytesMax = 1_572_864

/** Contents that belong to partners, such as mappings and schemas. `Value` is base64. */
export const binaryParameters: EntitySetApi = {
  clients: ['contiva', 'documentation', 'figaf', 'odata-mcp-proxy'],
  options: ['user'],
  set: {
    name: 'BinaryParameters',
    type: {
      name: 'BinaryParameter',
      key: ['Pid', 'Id'],
      properties: {
        Pid: { type: 'Edm.String', nullable: false },
        Id: { type: 'Edm.String', nullable: false },
        ...auditProperties,
        ContentType: { type: 'Edm.String', nullable: false },
        Value: { type: 'Edm.Binary', nullable: false },
      },
    },
  },
  ...partnerEntries<BinaryParameterEntry, 'partnerId' | 'id'>({
    entries: directory => directory.binaryParameters,
    keyOf: parameterKey,
    row: ({ partnerId, id, contentType, value }) => ({
      Pid: partnerId,
      Id: id,
      ContentType: contentType,
      Value: value,
    }),
    created: body => ({
      ...newParameterKey(body),
      contentType: checkLine(body, 'ContentType', 300),
      value: readValue(body),
    }),
    changed: body => ({
      ...(typeof body.ContentType === 'string' && { contentType: checkLine(body, 'ContentType', 300) }),
      value: readValue(body),
    }),
  }),
  // "The paging size for binary parameters is 30."
  pageSize: 30,
}

function readValue({ Value: value }: EntityBody): Uint8Array {
  const base64 = typeof value === 'string' ? value.replace(/\s+/g, '') : undefined
  if (base64 === undefined || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    const found = base64 === undefined ? 'none' : 'something else'
    throw new ODataError('invalid-value', `Expected "Value" to be a content in base64, found ${found}`)
  }
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length <= valueBytesMax) return new Uint8Array(bytes)
  throw new ODataError('invalid-value', `Expected "Value" of at most ${valueBytesMax} bytes, found ${bytes.length}`)
}
