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
