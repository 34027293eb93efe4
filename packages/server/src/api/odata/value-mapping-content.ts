import {
  type Diagnostic,
  type EditedValueMaps,
  readValueMaps,
  readValueSchemas,
  type ValueMap,
  type ValueMapProblem,
  type ValueSchema,
  valueMappingFile,
} from '@sluice/iflow'
import { type ComplexType, type EntityRow, type FunctionImport, ODataError, type PrimitiveValue } from '@sluice/odata'
import { type ArchiveFiles, readArchive, writeArchive } from '../../runtime/archive.ts'
import type { OpenArtifact, StateChange } from '../../store/store.ts'
import { invalidArtifact } from './artifact-upload.ts'
import { absentArtifact, checkCurrent, openArtifactOf, refusal, savesDraft } from './change-artifact.ts'
import { type ODataContext, textOf } from './definition.ts'

/** One pair of values. */
export const valueType: ComplexType = {
  name: 'Value',
  properties: { SrcValue: { type: 'Edm.String' }, TgtValue: { type: 'Edm.String' } },
}

/** Parameters that name a bidirectional mapping of an artifact. */
export const schemaParameters: FunctionImport['parameters'] = {
  Id: { type: 'Edm.String', nullable: false },
  Version: { type: 'Edm.String', nullable: false },
  SrcAgency: { type: 'Edm.String', nullable: false },
  SrcId: { type: 'Edm.String', nullable: false },
  TgtAgency: { type: 'Edm.String', nullable: false },
  TgtId: { type: 'Edm.String', nullable: false },
}

type Values = Readonly<Record<string, PrimitiveValue | undefined>>

/** The bidirectional mapping that a key, a row or parameters name. */
export function schemaOf(values: EntityRow | Values): ValueSchema {
  const text = (name: string) => textOf(values as EntityRow, name)
  return {
    sourceAgency: text('SrcAgency'),
    sourceIdentifier: text('SrcId'),
    targetAgency: text('TgtAgency'),
    targetIdentifier: text('TgtId'),
  }
}

export function isSameSchema(one: ValueSchema, other: ValueSchema): boolean {
  return (Object.keys(one) as (keyof ValueSchema)[]).every(name => one[name] === other[name])
}

/** The row of a pair of values. */
export function mapRow({ id, sourceValue, targetValue }: ValueMap): EntityRow {
  return { Id: id, Value: { SrcValue: sourceValue, TgtValue: targetValue } }
}

/** The bidirectional mappings of an artifact's content. Throws `ODataError` when it cannot be read. */
export async function schemasIn({ content }: OpenArtifact): Promise<readonly ValueSchema[]> {
  return readable(readValueSchemas(tableIn(await readArchive(content))))
}

/** The pairs of values of the mapping that a row of `ValMapSchema` is. */
export async function mapsOf(row: EntityRow, context: ODataContext): Promise<readonly ValueMap[]> {
  const { content } = await openArtifactOf(row, context)
  return readable(readValueMaps(tableIn(await readArchive(content)), schemaOf(row)))
}

function tableIn(files: ArchiveFiles): Uint8Array {
  const table = files.get(valueMappingFile)
  if (table) return table
  throw invalidArtifact('no-value-mapping', `Expected ${valueMappingFile} in the artifact, found none`)
}

function readable<T extends object>(read: T | Diagnostic): T {
  if ('code' in read) throw invalidArtifact(read.code, `${read.message} (${valueMappingFile})`)
  return read
}

/** An edit of the table, and what it says of the state of the mapping. */
export interface ValueMapEdit {
  run(table: Uint8Array, schema: ValueSchema): EditedValueMaps | ValueMapProblem | Diagnostic
  readonly state: StateChange['state']
}

/**
 * Edits the table of a value mapping that is current. All other files and the rest of the table stay byte by byte; what is
 * deployed stays as it is until it is deployed again. Throws 404, 409 when the artifact has changed since it was read, 423.
 */
export async function editValueMaps(parameters: Values, context: ODataContext, edit: ValueMapEdit): Promise<ValueMap> {
  const { store, user, now } = context
  const opened = await store.artifacts.open(String(parameters.Id), String(parameters.Version))
  if (opened?.artifact.type !== 'ValueMapping') throw new ODataError('not-found', absentArtifact)
  const { artifact, content } = opened
  checkCurrent(artifact)
  const schema = schemaOf(parameters)
  const isConfigured = (await store.valueMappings.configured(artifact.id)).some(other => isSameSchema(other, schema))
  if (isConfigured && parameters.IsConfigured === false) throw configured()
  const files = await readArchive(content)
  const table = tableIn(files)
  const edited = edit.run(table, schema)
  if (typeof edited === 'string') throw refused(edited, schema)
  const { bytes, map } = readable(edited)
  if (bytes === table && (isConfigured || edit.state !== 'configured')) return map
  const changed = { ...artifact, isDraft: artifact.isDraft || savesDraft(context), modifiedBy: user, modifiedAt: now }
  const zip = await writeArchive(new Map(files).set(valueMappingFile, bytes))
  const isDone = await store.valueMappings.update(changed, zip, { values: schema, state: edit.state })
  if (!isDone) throw await refusal(artifact, context)
  return map
}

function configured(): ODataError {
  const message = 'Expected IsConfigured=true, as this bidirectional mapping has been configured, found false'
  return new ODataError('invalid-value', message)
}

function refused(problem: ValueMapProblem, schema: ValueSchema): ODataError {
  const { sourceAgency, sourceIdentifier, targetAgency, targetIdentifier } = schema
  const name = `"${sourceAgency}" "${sourceIdentifier}" to "${targetAgency}" "${targetIdentifier}"`
  switch (problem) {
    case 'no-schema':
      return new ODataError('not-found', `Expected a bidirectional mapping of the artifact, found none from ${name}`)
    case 'no-map':
      return new ODataError('not-found', `Expected "ValMapId" to be of a value mapping from ${name}, found another`)
    case 'source-taken':
      return new ODataError('duplicate', `Expected a source value that is not in use, found it in another from ${name}`)
    case 'shared-group':
      return new ODataError('invalid-value', `Expected groups of two entries, found larger ones from ${name}`)
    case 'not-xml':
      return new ODataError('invalid-value', 'Expected values that XML can hold, found control characters')
  }
}
