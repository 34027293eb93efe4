import { listZip } from '@sluice/iflow/zip'

/** A file that two versions of an artifact do not have alike. */
export interface FileChange {
  /** In the artifact. */
  readonly path: string
  readonly change: 'added' | 'removed' | 'changed'
  /** Nothing where the version does not have it. */
  readonly before: Uint8Array
  readonly after: Uint8Array
}

/** The files of an archive by their paths. Throws when it cannot be read. */
export async function filesIn(zip: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  return new Map(await Promise.all(listZip(zip).map(async entry => [entry.name, await entry.read()] as const)))
}

const none = new Uint8Array()

/** In which files two versions differ, by their paths; the flow first. */
export function compareFiles(
  before: ReadonlyMap<string, Uint8Array>,
  after: ReadonlyMap<string, Uint8Array>,
): FileChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort()
  return paths
    .flatMap((path): FileChange[] => {
      const [was, is] = [before.get(path), after.get(path)]
      if (was && is) return sameBytes(was, is) ? [] : [{ path, change: 'changed', before: was, after: is }]
      return [{ path, change: was ? 'removed' : 'added', before: was ?? none, after: is ?? none }]
    })
    .toSorted((left, right) => Number(isFlow(right.path)) - Number(isFlow(left.path)))
}

/** Whether a file is the integration flow itself. */
export function isFlow(path: string): boolean {
  return path.toLowerCase().endsWith('.iflw')
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index])
}
