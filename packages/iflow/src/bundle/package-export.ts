import type { Diagnostic } from '../diagnostic.ts'
import { decodeBase64, encodeBase64 } from '../formats/base64.ts'

/*
 * The layout of packages that the original exports (counted in 81 real ones): a flat archive of `resources.cnt`, base64 of
 * JSON with `resources` and `relations`; `<id>_content` of each resource that has content; `contentmetadata.md`, base64 of
 * properties; `ExportInformation.info`; and `hash`.
 */

const indexFile = 'resources.cnt'
/** The largest of 81 real ones has 120,000 bytes. */
const indexBytesMax = 16 * 1024 * 1024
const resourcesMax = 5_000
const metadataFile = 'contentmetadata.md'
const informationFile = 'ExportInformation.info'

/** Types that are documents, links or the package itself: nothing that could run. */
const documents: ReadonlySet<string> = new Set(['ContentPackage', 'File', 'MediaLink', 'Url'])

/** A JSON object of the index, whose keys differ between the versions of the original. */
export type PackageEntry = Readonly<Record<string, unknown>>

/** One thing that an exported package holds, the package itself among them. */
export interface PackagedResource {
  /** 32 hexadecimal digits in what the original exports; empty when the index has none. */
  readonly id: string
  /** `ContentPackage`, `IFlow`, `ScriptCollection`, `MessageMapping`, `ValueMapping`, `File`, `Url`, … */
  readonly type: string
  /** The ID of the artifact or package. */
  readonly uniqueId: string
  /** As people know it. */
  readonly name: string
  /** How the package refers to it: `Default`, `Licenses`, …; empty when it does not. */
  readonly relation: string
  /** Everything that the index says. */
  readonly entry: PackageEntry
  /** Of an artifact its zip. Undefined when there is none. */
  readonly content: Uint8Array | undefined
}

/** Whether this is an exported package, rather than one artifact. */
export function isPackageExport(files: ReadonlyMap<string, Uint8Array>): boolean {
  return files.has(indexFile)
}

/** Whether a type in the index could be an artifact: it is not known to be a document, a link or the package itself. */
export function isPackagedArtifact({ type }: PackagedResource): boolean {
  return !documents.has(type)
}

/** What an exported package holds, in the order of its index. `broken-package` when that cannot be read or is too large. */
export function readPackage(files: ReadonlyMap<string, Uint8Array>): readonly PackagedResource[] | Diagnostic {
  const bytes = files.get(indexFile) ?? new Uint8Array()
  if (bytes.length > indexBytesMax) return broken(`at most ${indexBytesMax} bytes, found ${bytes.length}`)
  const index = readIndex(bytes)
  if (!index) return broken('base64 of JSON with a list "resources", found something else: export the package again')
  if (index.resources.length > resourcesMax)
    return broken(`at most ${resourcesMax} resources, found ${index.resources.length}`)
  const relations = new Map(index.relations.map(entry => [textOf(entry, 'targetId'), textOf(entry, 'RelationName')]))
  return index.resources.map(entry => {
    const id = textOf(entry, 'id')
    return {
      id,
      type: textOf(entry, 'resourceType'),
      uniqueId: textOf(entry, 'uniqueId'),
      name: textOf(entry, 'displayName') || textOf(entry, 'name') || id,
      relation: relations.get(id) ?? '',
      entry,
      content: files.get(`${id}_content`),
    }
  })
}

function broken(expected: string): Diagnostic {
  return { code: 'broken-package', severity: 'error', message: `Expected ${expected}.`, at: { file: indexFile } }
}

function readIndex(
  bytes: Uint8Array,
): { readonly resources: readonly PackageEntry[]; readonly relations: readonly PackageEntry[] } | undefined {
  try {
    const decoder = new TextDecoder('utf-8')
    const value: unknown = JSON.parse(decoder.decode(decodeBase64(decoder.decode(bytes))))
    const { resources, relations } = value as { resources?: unknown; relations?: unknown }
    if (!Array.isArray(resources)) return undefined
    return { resources: resources.map(objectOf), relations: Array.isArray(relations) ? relations.map(objectOf) : [] }
  } catch {
    return undefined
  }
}

function objectOf(value: unknown): PackageEntry {
  return typeof value === 'object' && value !== null ? (value as PackageEntry) : {}
}

function textOf(entry: PackageEntry, key: string): string {
  const value = entry[key]
  return typeof value === 'string' ? value : ''
}

/**
 * The files of an exported package but `hash`, which no document describes: what each of these resources is to say is in its
 * `entry`. `exportedAt` is in milliseconds and the only thing that differs between two exports of the same content.
 */
export function writePackage(
  resources: readonly PackagedResource[],
  { name, exportedAt }: { readonly name: string; readonly exportedAt: number },
): ReadonlyMap<string, Uint8Array> {
  const encoder = new TextEncoder()
  const base64 = (text: string) => encoder.encode(encodeBase64(encoder.encode(text)))
  const sourceId = resources.find(({ type }) => type === 'ContentPackage')?.id
  const relations = resources.flatMap(({ id, relation }) =>
    id === sourceId
      ? []
      : [{ sourceId, targetId: id, relationType: 'AGGREGATION', RelationName: relation || 'Default' }],
  )
  const files = new Map<string, Uint8Array>()
  for (const { id, content } of resources) if (content) files.set(`${id}_content`, content)
  files.set(indexFile, base64(JSON.stringify({ resources: resources.map(({ entry }) => entry), relations })))
  files.set(metadataFile, base64(metadata))
  files.set(informationFile, encoder.encode(`Name= ${name}\nDate= ${javaDate(exportedAt)}`))
  return files
}

const metadata = [
  '-- listing properties --',
  'HashVersion=2.0.0',
  'EncodingVersion=1.0.0',
  'Organization=Sluice',
  'Environment=sluice',
  'RelationClassVersion=1.0.0',
  'ResourceClassVersion=1.2.0',
  'ExportModelVersion=1.0.0',
  '',
].join('\n')

/** As Java prints a date: `Mon May 09 06:17:43 UTC 2022`. */
function javaDate(at: number): string {
  const [weekday, day, month, year, time] = new Date(at).toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${day} ${time} UTC ${year}`
}

/** The values of an additional attribute of an entry; none when it has no such attribute. */
export function packageAttribute(entry: PackageEntry, name: string): readonly string[] {
  const values = objectOf(objectOf(entry.additionalAttributes)[name]).attributeValues
  return Array.isArray(values) ? values.filter(value => typeof value === 'string') : []
}

/** The entry with these values in its additional attributes; others stay. */
export function withPackageAttributes(
  entry: PackageEntry,
  values: Readonly<Record<string, readonly string[]>>,
): PackageEntry {
  const before = objectOf(entry.additionalAttributes)
  const changed = Object.entries(values).map(([name, attributeValues]) => [
    name,
    { isExtendedLargeAttribute: false, ...objectOf(before[name]), attributeValues },
  ])
  return { ...entry, additionalAttributes: { ...before, ...Object.fromEntries(changed) } }
}
