import { withManifestHeaders } from '@sluice/iflow'
import { ODataError } from '@sluice/odata'
import { readArchive, writeArchive } from '../../runtime/archive.ts'
import { absentArtifact, refusal } from './change-artifact.ts'
import type { FunctionImportApi, ODataContext } from './definition.ts'
import { type DesigntimeKind, rowOf } from './designtime-artifacts.ts'
import { writeDesign } from './permissions.ts'
import { deployedSubject } from './protected-subjects.ts'

const manifestFile = 'META-INF/MANIFEST.MF'

/** `1.0.4`, with up to four parts, as OSGi has them: it becomes the `Bundle-Version`. The original takes any text. */
const versionForm = /^\d{1,9}(\.\d{1,9}(\.\d{1,9}(\.[A-Za-z0-9_-]{1,50})?)?)?$/

/**
 * Keeps what is current as a version, which also ends a draft. Saving the same content again under its version changes
 * nothing; any other version that exists is left alone (409).
 */
export function saveAsVersionFunction(kind: DesigntimeKind, set: string): FunctionImportApi {
  return {
    clients: ['contiva', 'mcp-integration-suite'],
    functionImport: {
      name: `${set.replace(/s$/, '')}SaveAsVersion`,
      method: 'POST',
      returnType: { entitySet: set },
      parameters: {
        Id: { type: 'Edm.String', nullable: false },
        SaveAsVersion: { type: 'Edm.String', nullable: false },
      },
    },
    roles: writeDesign,
    subjects: async ({ Id }, context) => [await deployedSubject(String(Id), context)],
    async run({ Id, SaveAsVersion }, context) {
      const [id, version] = [String(Id), String(SaveAsVersion)]
      if (!versionForm.test(version)) {
        const found = `found "${version.slice(0, 100)}"`
        throw new ODataError('invalid-value', `Expected "SaveAsVersion" to be numbers such as 1.0.4, ${found}`)
      }
      await saveAsVersion(kind, id, version, context)
      const saved = await context.store.artifacts.find(id, version)
      if (!saved) throw new ODataError('not-found', absentArtifact)
      return { status: 200, row: rowOf(kind, saved) }
    },
  }
}

async function saveAsVersion(kind: DesigntimeKind, id: string, version: string, context: ODataContext): Promise<void> {
  const { store, user, now, artifactVersionsMax } = context
  const opened = await store.artifacts.open(id)
  if (opened?.artifact.type !== kind.type) throw new ODataError('not-found', absentArtifact)
  const { artifact } = opened
  const content = artifact.version === version ? undefined : await withVersion(opened.content, version)
  const changed = { ...artifact, version, modifiedBy: user, modifiedAt: now }
  const outcome = await store.artifacts.saveAsVersion(changed, content, artifactVersionsMax)
  if (outcome === 'saved') return
  if (outcome === 'refused') throw await refusal(artifact, context)
  const expected = `Expected a version of "${id}" that there is not yet, found "${version}" with other content`
  throw new ODataError('duplicate', `${expected}. Save it as another version.`)
}

/** The rest of the manifest stays byte by byte, and so do all other files. */
async function withVersion(content: Uint8Array, version: string): Promise<Uint8Array> {
  const files = await readArchive(content)
  const manifest = files.get(manifestFile) ?? new Uint8Array()
  const changed = withManifestHeaders(manifest, new Map([['Bundle-Version', version]]))
  return writeArchive(new Map(files).set(manifestFile, changed))
}
