import type { StylesheetProgram } from '../../ports.ts'
import { Failure } from '../../run/failure.ts'
import { decodeXml } from '../../run/xml.ts'
import { resolveReference } from '../resource-source/resolve-reference.ts'
import { readStylesheet, type StylesheetOutline } from './read-stylesheet.ts'

/** A stylesheet with everything that it loads. */
export interface Stylesheet {
  readonly program: StylesheetProgram
  /** Names of its parameters and of those of what it loads. */
  readonly parameters: readonly string[]
  readonly encoding: string
}

/** Why a stylesheet cannot be loaded. */
export interface LoadProblem {
  readonly code: 'missing-resource' | 'broken-resource'
  readonly message: string
}

/** Files of an artifact by path below `src/main/resources`. */
type Resources = ReadonlyMap<string, Uint8Array>

const loaded = new WeakMap<Resources, Map<string, Stylesheet | LoadProblem>>()

/** Loads a stylesheet and what it imports and includes, once for all steps. References lead to files of `resources` only. */
export function loadStylesheet(file: string, resources: Resources): Stylesheet | LoadProblem {
  const known = loaded.get(resources) ?? new Map<string, Stylesheet | LoadProblem>()
  loaded.set(resources, known)
  const found = known.get(file) ?? load(file, resources)
  known.set(file, found)
  return found
}

function load(file: string, resources: Resources): Stylesheet | LoadProblem {
  const files = new Map<string, string>()
  const parameters = new Set<string>()
  let encoding: string | undefined
  const wanted: { readonly path: string; readonly by: string | undefined }[] = [{ path: file, by: undefined }]
  for (const { path, by } of wanted) {
    if (files.has(path)) continue
    const bytes = resources.get(path)
    if (bytes === undefined) return missing(path, by)
    const text = decodeXml(bytes, 'UTF-8').replace(/^\uFEFF/, '')
    const outline = outlineOf(text, path)
    if ('code' in outline) return outline
    files.set(path, text)
    for (const name of outline.parameters) parameters.add(name)
    // What imports wins over what it imports.
    encoding ??= outline.encoding
    for (const reference of outline.references) wanted.push({ path: resolveReference(path, reference), by: path })
  }
  return { program: { file, files }, parameters: [...parameters], encoding: encoding ?? 'UTF-8' }
}

function outlineOf(text: string, path: string): StylesheetOutline | LoadProblem {
  try {
    return readStylesheet(text)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { code: 'broken-resource', message: `${error.message} [${path}]` }
  }
}

function missing(path: string, by: string | undefined): LoadProblem {
  const where = by === undefined ? '' : `, which "${by}" loads,`
  return { code: 'missing-resource', message: `Expected the file "${path}"${where} in the artifact, found none.` }
}
