import { listZip, makeZip, type ZipFile } from '@sluice/iflow/zip'

/** An integration flow's artifact, opened. */
export interface FlowArchive {
  /** All files in their order. */
  readonly files: readonly ZipFile[]
  /** The path of the .iflw file. */
  readonly flowPath: string
  /** What is in it. */
  readonly flowText: string
}

/** Resources of an artifact are below this folder. */
export const resourcesFolder = 'src/main/resources/'

/** Reads the zip of an integration flow. Throws when it cannot be read, or has no flow in it. */
export async function openArchive(zip: Uint8Array): Promise<FlowArchive> {
  const files = await Promise.all(listZip(zip).map(async entry => ({ name: entry.name, bytes: await entry.read() })))
  const flow = files.find(({ name }) => name.endsWith('.iflw'))
  if (!flow) throw new Error('Expected a file ending in .iflw in the artifact, found none')
  return { files, flowPath: flow.name, flowText: new TextDecoder('utf-8', { ignoreBOM: true }).decode(flow.bytes) }
}

/** The zip with another flow and, by their path in the artifact, other or more files. All others stay as they are. */
export function changedZip(
  { files, flowPath }: FlowArchive,
  flowText: string,
  changed: ReadonlyMap<string, Uint8Array>,
  now: number,
): Promise<Uint8Array> {
  const all = new Map(files.map(({ name, bytes }) => [name, bytes]))
  for (const [path, bytes] of changed) all.set(path, bytes)
  all.set(flowPath, new TextEncoder().encode(flowText))
  return makeZip(
    Array.from(all, ([name, bytes]) => ({ name, bytes })),
    now,
  )
}
