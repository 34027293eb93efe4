import type { Server } from './server.ts'

/** Imports an exported package, all of it or nothing; into the one of its ID that there is, if it is to be overwritten. */
export async function importPackage(
  server: Server,
  zip: Uint8Array,
  overwrite: boolean,
): Promise<{ readonly id: string; readonly name: string }> {
  const path = `/api/v1/IntegrationPackages?$format=json${overwrite ? '&Overwrite=true' : ''}`
  const json = { PackageContent: Buffer.from(zip).toString('base64') }
  const { d } = await server.json<{ d: { Id: string; Name: string } }>('POST', path, { json })
  return { id: d.Id, name: d.Name }
}
