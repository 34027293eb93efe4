import type { AcceptanceRun } from './acceptance-run.ts'
import { type Files, unzip } from './artifact-zip.ts'
import { rowsOf } from './wire.ts'

/** The four kinds of artifacts, as URLs name them. */
export const artifactTypes = ['Integration', 'MessageMapping', 'ScriptCollection', 'ValueMapping'] as const

/** An artifact as `snapshot` finds it. */
export interface ArtifactInPackage {
  readonly packageId: string
  readonly type: (typeof artifactTypes)[number]
  readonly Id: string
  readonly Name: string
  readonly Version: string
}

/** FlashPipe's `snapshot`: all packages, four lists of each. */
export async function listContent({ flashPipe }: AcceptanceRun): Promise<ArtifactInPackage[]> {
  const found: ArtifactInPackage[] = []
  for (const { Id: packageId } of rowsOf<{ Id: string }>(await flashPipe.get('/api/v1/IntegrationPackages'))) {
    for (const type of artifactTypes) {
      const path = `/api/v1/IntegrationPackages('${packageId}')/${type}DesigntimeArtifacts`
      for (const { Id, Name, Version } of rowsOf<ArtifactInPackage>(await flashPipe.get(path))) {
        found.push({ packageId, type, Id, Name, Version })
      }
    }
  }
  return found.sort((a, b) => (a.Id < b.Id ? -1 : 1))
}

/** The listed artifacts with every file of each, as text. */
export async function takeSnapshot(run: AcceptanceRun): Promise<object[]> {
  const content = await listContent(run)
  const snapshot: object[] = []
  for (const artifact of content) {
    const path = `/api/v1/${artifact.type}DesigntimeArtifacts(Id='${artifact.Id}',Version='active')/$value`
    snapshot.push({ ...artifact, files: textsOf(await unzip((await run.flashPipe.get(path)).body)) })
  }
  return snapshot
}

function textsOf(files: Files): Record<string, string> {
  return Object.fromEntries([...files].sort().map(([path, data]) => [path, data.toString('latin1')]))
}
