import { emptyFlow, type FlowTemplate, withManifestHeaders } from '@sluice/iflow'
import type { ArchiveFiles } from '../../runtime/archive.ts'
import type { ArtifactType } from '../../store/store.ts'
import { flowFiles } from './flow-skeleton.ts'

interface Skeleton {
  /** Headers of the manifest that only this type has. */
  headers(id: string): Readonly<Record<string, string>>
  /** What Eclipse calls a project of this type. */
  readonly nature: string
  /** Files besides manifest and project, by path. */
  files(id: string, template: FlowTemplate): Readonly<Record<string, string>>
}

const flowNature = 'com.sap.ide.ifl.bsn'

/** A reference to others that flows make: `scriptcollection.<Id>`. */
const capability = (kind: string, id: string) => ({ 'Provide-Capability': `${kind}.${id};version:Version="1.0.0"` })

const skeletons: Readonly<Record<ArtifactType, Skeleton>> = {
  IntegrationFlow: { headers: () => ({}), nature: flowNature, files: flowFiles },
  MessageMapping: { headers: id => capability('messagemapping', id), nature: flowNature, files: () => ({}) },
  ScriptCollection: { headers: id => capability('scriptcollection', id), nature: flowNature, files: () => ({}) },
  ValueMapping: {
    headers: () => ({
      'Import-Package': 'com.sap.xi.mapping.camel.valmap',
      'Bundle-Activator': 'com.sap.xi.mapping.camel.valmap.ValueMappingActivator',
    }),
    nature: 'com.sap.ide.ifl.valmap',
    files: () => ({ 'value_mapping.xml': '<?xml version="1.0" encoding="UTF-8"?><vm version="2.0"></vm>' }),
  },
}

/**
 * The files of a new artifact: a flow as the template says, by default one that does nothing, a collection without scripts, a value mapping without values, or a
 * message mapping whose mapping is yet to be added.
 */
export function createSkeleton(
  type: ArtifactType,
  { id, name }: { readonly id: string; readonly name: string },
  template = emptyFlow,
): ArchiveFiles {
  const encoder = new TextEncoder()
  const { headers, nature, files } = skeletons[type]
  const manifest = {
    'Bundle-ManifestVersion': '2',
    'Bundle-Name': name,
    'Bundle-SymbolicName': type === 'IntegrationFlow' ? `${id}; singleton:=true` : id,
    'Bundle-Version': '1.0.0',
    'SAP-BundleType': type,
    'SAP-NodeType': 'IFLMAP',
    'SAP-RuntimeProfile': 'iflmap',
    ...headers(id),
  }
  return new Map([
    ['META-INF/MANIFEST.MF', withManifestHeaders(new Uint8Array(), new Map(Object.entries(manifest)))],
    ['.project', encoder.encode(project(id, nature))],
    ...Object.entries(files(id, template)).map(([path, text]) => [path, encoder.encode(text)] as const),
  ])
}

const project = (id: string, nature: string) => `<?xml version="1.0" encoding="UTF-8"?>
<projectDescription>
   <name>${id}</name>
   <natures>
      <nature>com.sap.ide.ifl.project.support.project.nature</nature>
      <nature>${nature}</nature>
   </natures>
</projectDescription>
`
