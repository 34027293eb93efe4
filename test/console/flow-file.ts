import { listZip, makeZip } from '@sluice/iflow/zip'
import type { Tenant } from '../tenant.ts'

const ending = '.iflw'

/** The .iflw file of a flow as it is on the server. */
export async function readFlowFile(tenant: Tenant, id: string): Promise<string> {
  const entry = listZip(await tenant.downloadFlow(id)).find(({ name }) => name.endsWith(ending))
  if (!entry) throw new Error(`Expected a file ending in ${ending} in "${id}", found none`)
  return new TextDecoder().decode(await entry.read())
}

/** Replaces it, as another client does. */
export async function writeFlowFile(tenant: Tenant, id: string, text: string): Promise<void> {
  const entries = listZip(await tenant.downloadFlow(id))
  const files = await Promise.all(
    entries.map(async entry => ({
      name: entry.name,
      bytes: entry.name.endsWith(ending) ? new TextEncoder().encode(text) : await entry.read(),
    })),
  )
  await tenant.uploadFlow(id, await makeZip(files, 0))
}

/** Imports a flow with nothing beside it, into a package of its own. */
export async function importFlowText(tenant: Tenant, id: string, text: string): Promise<void> {
  const manifest = [
    'Manifest-Version: 1.0',
    `Bundle-SymbolicName: ${id}`,
    `Bundle-Name: ${id}`,
    'Bundle-Version: 1.0.0',
    'SAP-BundleType: IntegrationFlow',
    '',
  ]
  const files = [
    { name: 'META-INF/MANIFEST.MF', bytes: new TextEncoder().encode(manifest.join('\n')) },
    {
      name: `src/main/resources/scenarioflows/integrationflow/${id}${ending}`,
      bytes: new TextEncoder().encode(text),
    },
  ]
  const ArtifactContent = Buffer.from(await makeZip(files, 0)).toString('base64')
  const PackageId = `${id}Package`
  await tenant.send('POST', '/api/v1/IntegrationPackages', 201, { Id: PackageId, Name: id, ShortText: id })
  await tenant.send('POST', '/api/v1/IntegrationDesigntimeArtifacts', 201, {
    Id: id,
    Name: id,
    PackageId,
    ArtifactContent,
  })
}
