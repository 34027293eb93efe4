import { decodeXml } from '../../run/xml.ts'
import { namespaceReader } from '../../run/xml-reader.ts'
import { resolveReference } from '../resource-source/resolve-reference.ts'
import type { Resources } from '../resource-source/resource-finder.ts'

const xsd = 'http://www.w3.org/2001/XMLSchema'

/** A schema with everything that it loads. Plain values. */
export interface Schema {
  /** Path in its artifact, below `src/main/resources`. */
  readonly file: string
  /** The file and all that it includes and imports, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

const loaded = new WeakMap<Resources, Map<string, Schema>>()

/**
 * The schema with the files that it includes and imports, once for all steps; undefined when there is no such file. What it
 * refers to and is not there is left out: whoever compiles the schema says what is missing then.
 */
export function loadSchema(file: string, resources: Resources): Schema | undefined {
  const known = loaded.get(resources) ?? new Map<string, Schema>()
  loaded.set(resources, known)
  const found = known.get(file)
  if (found !== undefined || !resources.has(file)) return found
  const schema = { file, files: filesOf(file, resources) }
  known.set(file, schema)
  return schema
}

function filesOf(file: string, resources: Resources): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  const wanted = [file]
  for (const path of wanted) {
    const bytes = resources.get(path)
    if (bytes === undefined || files.has(path)) continue
    files.set(path, bytes)
    wanted.push(...references(decodeXml(bytes, 'UTF-8')).map(reference => resolveReference(path, reference)))
  }
  return files
}

function references(text: string): readonly string[] {
  const found: string[] = []
  const parser = namespaceReader()
  parser.on('opentag', ({ uri, local, attributes }) => {
    const location = attributes.schemaLocation?.value
    if (uri === xsd && /^(?:include|import|redefine)$/.test(local) && location) found.push(location)
  })
  try {
    parser.write(text).close()
  } catch {
    // Whoever compiles the schema says what is wrong with it.
  }
  return found
}
