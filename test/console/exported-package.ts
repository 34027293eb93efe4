import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startTestServer } from '@sluice/server/testing'
import { Tenant } from '../tenant.ts'

/** The path of the zip of package `helloPackage` with flow `hello`, as another tenant exports it. */
export async function exportedPackage(): Promise<string> {
  const server = await startTestServer()
  try {
    await new Tenant({ url: server.url, ...server.admin }).importFlow(
      'hello',
      fileURLToPath(new URL('../../examples/hello', import.meta.url)),
    )
    const path = join(tmpdir(), `sluice-hello-${process.pid}.zip`)
    const { authorization } = server.admin
    const answer = await fetch(`${server.url}/api/v1/IntegrationPackages('helloPackage')/$value`, {
      headers: { authorization },
    })
    await writeFile(path, Buffer.from(await answer.arrayBuffer()))
    return path
  } finally {
    await server.close()
  }
}
