import type { Diagnostic } from '../diagnostic.ts'
import { parseProperties, withProperties } from './java-properties.ts'
import { parseManifest } from './manifest.ts'
import { type ParameterDefinition, parseParameterDefinitions } from './parameter-definitions.ts'

/** Where an artifact keeps things; all paths are inside the artifact, with `/`. */
const MANIFEST_FILE = 'META-INF/MANIFEST.MF'
const METAINFO_FILE = 'metainfo.prop'
const RESOURCES_FOLDER = 'src/main/resources/'
const PARAMETERS_FILE = 'src/main/resources/parameters.prop'
const DEFINITIONS_FILE = 'src/main/resources/parameters.propdef'

/** `SAP-BundleType` of the manifest. */
export type BundleType = 'IntegrationFlow' | 'ScriptCollection' | 'MessageMapping' | 'ValueMapping' | (string & {})

/** An artifact as it was uploaded, read but not compiled. */
export interface Bundle {
  /** `Bundle-SymbolicName` without directives such as `;singleton:=true`: the identity of the artifact. */
  readonly id: string
  readonly name: string
  readonly version: string
  readonly type: BundleType
  /** From `metainfo.prop`, else `Bundle-Description`, else empty. */
  readonly description: string
  /** Headers of the main section, names as written. */
  readonly manifest: ReadonlyMap<string, string>
  /** The only `.iflw`; undefined in artifacts that hold none, and when it could not be told which (see the diagnostics). */
  readonly flow: { readonly file: string; readonly text: string } | undefined
  /** `parameters.prop`: externalised parameters and their values, which may be empty. */
  readonly parameters: ReadonlyMap<string, string>
  /** `parameters.propdef`, in document order; empty when there is none. */
  readonly parameterDefinitions: readonly ParameterDefinition[]
  /** Scripts, mappings, schemas, archives by path below `src/main/resources/`: `script/Log.groovy`, `lib/codec.jar`. */
  readonly resources: ReadonlyMap<string, Uint8Array>
  /** Every file as given, by path inside the artifact; `value_mapping.xml` of a value mapping is here. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/**
 * Reads an artifact from its files: path inside the artifact, with `/`, to content. Never throws.
 *
 * There is no bundle without an identity: `no-manifest`, `no-symbolic-name`. Errors with a bundle: `no-iflw`,
 * `several-iflows`, `not-utf8`. Warnings: `manifest-header` (a default is used), and for `parameters.propdef`
 * `broken-xml` and its like.
 */
export function openBundle(files: ReadonlyMap<string, Uint8Array>): {
  bundle: Bundle | undefined
  diagnostics: Diagnostic[]
} {
  const diagnostics: Diagnostic[] = []
  const manifestBytes = files.get(MANIFEST_FILE)
  if (!manifestBytes) return { bundle: undefined, diagnostics: [noManifest(files)] }
  const manifest = parseManifest(manifestBytes)
  const id = manifest.get('Bundle-SymbolicName')?.split(';')[0]?.trim()
  if (!id) {
    const message = 'Expected Bundle-SymbolicName, the id of the artifact, found none: add the header.'
    const at = { file: MANIFEST_FILE }
    return { bundle: undefined, diagnostics: [{ code: 'no-symbolic-name', severity: 'error', message, at }] }
  }
  const header = (name: string, otherwise: string) => {
    const value = manifest.get(name)?.trim()
    if (!value) diagnostics.push(missingHeader(name, otherwise))
    return value || otherwise
  }
  const type = header('SAP-BundleType', 'IntegrationFlow')
  const description = parseProperties(files.get(METAINFO_FILE) ?? new Uint8Array()).get('description')
  const bundle: Bundle = {
    id,
    name: header('Bundle-Name', id),
    version: header('Bundle-Version', '1.0.0'),
    type,
    description: description ?? manifest.get('Bundle-Description') ?? '',
    manifest,
    flow: findFlow(files, type, diagnostics),
    parameters: parseProperties(files.get(PARAMETERS_FILE) ?? new Uint8Array()),
    parameterDefinitions: readDefinitions(files, diagnostics),
    resources: findResources(files),
    files,
  }
  return { bundle, diagnostics }
}

/**
 * The files with these parameter values in `parameters.prop`, where configured values are put when an artifact is
 * downloaded. Only lines whose value differs are rewritten; the map itself is returned when there are none.
 */
export function withParameterValues(
  files: ReadonlyMap<string, Uint8Array>,
  values: ReadonlyMap<string, string>,
): ReadonlyMap<string, Uint8Array> {
  const before = files.get(PARAMETERS_FILE) ?? new Uint8Array()
  const known = parseProperties(before)
  if ([...values].every(([name, value]) => known.get(name) === value)) return files
  return new Map(files).set(PARAMETERS_FILE, withProperties(before, values))
}

function noManifest(files: ReadonlyMap<string, Uint8Array>): Diagnostic {
  const deeper = [...files.keys()].find(path => path.endsWith(`/${MANIFEST_FILE}`))
  const advice = deeper
    ? `${deeper}: pack the content of the folder, not the folder`
    : `none among ${files.size} files: this is not an exported artifact`
  const message = `Expected ${MANIFEST_FILE}, found ${advice}.`
  return { code: 'no-manifest', severity: 'error', message, at: { file: MANIFEST_FILE } }
}

function missingHeader(name: string, otherwise: string): Diagnostic {
  const message = `Expected a value for ${name}, found none: "${otherwise}" is used.`
  return { code: 'manifest-header', severity: 'warning', message, at: { file: MANIFEST_FILE } }
}

/** Found by its extension: its name says nothing, it differs from id and name more often than not. */
function findFlow(files: ReadonlyMap<string, Uint8Array>, type: BundleType, diagnostics: Diagnostic[]): Bundle['flow'] {
  const candidates = [...files.keys()].filter(path => path.toLowerCase().endsWith('.iflw'))
  const [file] = candidates
  if (file === undefined) {
    const message = `Expected one .iflw file below ${RESOURCES_FOLDER}scenarioflows/integrationflow, found none.`
    if (type === 'IntegrationFlow') diagnostics.push({ code: 'no-iflw', severity: 'error', message, at: {} })
    return undefined
  }
  if (candidates.length > 1) {
    const message = `Expected one .iflw file, found ${candidates.length}: ${candidates.join(', ')}. Keep one.`
    diagnostics.push({ code: 'several-iflows', severity: 'error', message, at: { file } })
    return undefined
  }
  const text = decodeUtf8(files.get(file) ?? new Uint8Array())
  if (text === undefined) {
    const message = 'Expected UTF-8, found bytes that are not: save the file as UTF-8.'
    diagnostics.push({ code: 'not-utf8', severity: 'error', message, at: { file } })
    return undefined
  }
  return { file, text }
}

function readDefinitions(files: ReadonlyMap<string, Uint8Array>, diagnostics: Diagnostic[]): ParameterDefinition[] {
  const bytes = files.get(DEFINITIONS_FILE)
  if (!bytes) return []
  const parsed = parseParameterDefinitions(new TextDecoder('utf-8').decode(bytes), DEFINITIONS_FILE)
  // Values come from parameters.prop, so a flow runs without definitions.
  diagnostics.push(...parsed.diagnostics.map(diagnostic => ({ ...diagnostic, severity: 'warning' as const })))
  return parsed.definitions
}

function findResources(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  const resources = new Map<string, Uint8Array>()
  for (const [path, bytes] of files) {
    const isResource = path.startsWith(RESOURCES_FOLDER) && !path.toLowerCase().endsWith('.iflw')
    if (isResource && path !== PARAMETERS_FILE && path !== DEFINITIONS_FILE)
      resources.set(path.slice(RESOURCES_FOLDER.length), bytes)
  }
  return resources
}

/** Keeps a byte order mark, so that encoding the text again gives the same bytes. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
