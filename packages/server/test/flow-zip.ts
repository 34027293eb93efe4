import { type FlowSketch, flowText } from '@sluice/iflow/testing'
import { writeArchive } from '../src/runtime/archive.ts'

/** An artifact of one flow, as a zip. `resources` are texts of files below `src/main/resources`. */
export async function sketchZip(
  id: string,
  sketch: FlowSketch,
  resources: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const manifest = [
    'Manifest-Version: 1.0',
    `Bundle-SymbolicName: ${id}`,
    `Bundle-Name: ${id}`,
    'Bundle-Version: 1.0.0',
    'SAP-BundleType: IntegrationFlow',
    '',
  ].join('\n')
  return writeArchive(
    new Map([
      ['META-INF/MANIFEST.MF', Buffer.from(manifest)],
      [`src/main/resources/scenarioflows/integrationflow/${id}.iflw`, Buffer.from(flowText(sketch))],
      ...Object.entries(resources).map(([path, text]): [string, Uint8Array] => [
        `src/main/resources/${path}`,
        Buffer.from(text),
      ]),
    ]),
  )
}
