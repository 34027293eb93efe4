import type { Ports } from '../../ports.ts'
import type { Failure } from '../../run/failure.ts'

/** Files of an artifact by path below `src/main/resources`. */
export type Resources = ReadonlyMap<string, Uint8Array>

/** A file, and those that it may refer to, itself included. */
export interface FoundResource {
  readonly path: string
  readonly files: Resources
}

/** How much of the partner directory a step keeps at a time. */
const keptMax = 100

/**
 * Finds files that messages name: a path in the artifact, with or without the folders above, the folder that is usual and the
 * extension; or `pd:PARTNER:ID:Binary`, content of the partner directory, which is the same object as long as it is unchanged.
 * Paths that lead nowhere come back as they are. Rejects with what `refused` makes of a sentence.
 */
export function resourceFinder(
  resources: Resources,
  folder: string,
  extensions: readonly string[],
  refused: (message: string) => Failure,
): (name: string, ports: Ports) => Promise<FoundResource> {
  const kept = new Map<string, Resources>()
  return async (name, ports) => {
    if (!name.startsWith('pd:')) return { path: pathIn(resources, name, folder, extensions), files: resources }
    const value = await partnerContent(name, ports, refused)
    const known = kept.get(name)
    const files = known && equal(known.get(name), value) ? known : new Map([[name, value]])
    kept.delete(name)
    kept.set(name, files)
    const [oldest] = kept.keys()
    if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest)
    return { path: name, files }
  }
}

/** A path below `src/main/resources`, of one that may begin above. */
export function pathBelowResources(path: string): string {
  return path
    .trim()
    .replace(/^dir:\/\/mapping\/xslt\//, '')
    .replace(/^\/?(?:src\/main\/resources\/)?/, '')
}

function pathIn(resources: Resources, name: string, folder: string, extensions: readonly string[]): string {
  const path = pathBelowResources(name)
  const candidates = [path, `${folder}/${path}`].flatMap(base => ['', ...extensions].map(end => `${base}${end}`))
  return candidates.find(candidate => resources.has(candidate)) ?? path
}

async function partnerContent(
  uri: string,
  { partnerDirectory }: Ports,
  refused: (message: string) => Failure,
): Promise<Uint8Array> {
  const [, partner = '', id = '', kind = ''] = uri.split(':')
  if (partner === '' || id === '' || kind.toLowerCase() !== 'binary') {
    throw refused(`Expected pd:PARTNER:ID:Binary, found "${uri}".`)
  }
  const parameter = await partnerDirectory.binaryParameter(partner, id)
  if (parameter !== undefined) return parameter.value
  throw refused(`Expected the binary parameter "${id}" of partner "${partner}", found none.`)
}

function equal(left: Uint8Array | undefined, right: Uint8Array): boolean {
  return left !== undefined && left.length === right.length && left.every((byte, index) => byte === right[index])
}
