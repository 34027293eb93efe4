import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { Tenant } from '../tenant.ts'
import { freePort, type ServerProcess, startProcess, waitUntil } from './server-process.ts'

const command = fileURLToPath(new URL('../../packages/server/bin/sluice.js', import.meta.url))
const examples = fileURLToPath(new URL('../../examples/', import.meta.url))

export const helloAnswer = 'Hello, world!'
export const clientId = 'bench'
export const clientSecret = randomBytes(24).toString('base64url')
const password = randomBytes(24).toString('base64url')

/** A Sluice server in a process of its own, and its administrator's view of it. */
export interface SluiceServer {
  readonly process: ServerProcess
  readonly url: string
  readonly tenant: Tenant
  /** The administrator's. */
  readonly authorization: string
}

/**
 * Starts `sluice serve` as a user would, all settings at their defaults but one: the load comes from one client. Returns at
 * once; `data` may exist.
 */
export async function spawnSluice(core: number, data: string, nodeArgs: readonly string[] = []): Promise<SluiceServer> {
  const port = await freePort()
  const process = startProcess({
    core,
    args: [...nodeArgs, command, 'serve', '--port', String(port), '--data', data],
    env: { SLUICE_ADMIN_PASSWORD: password, SLUICE_TOKEN_REQUESTS_PER_MINUTE: '100000000' },
    logFile: `${data}.log`,
  })
  const url = `http://127.0.0.1:${port}`
  const authorization = `Basic ${btoa(`admin:${password}`)}`
  return { process, url, tenant: new Tenant({ url, user: 'admin', password }), authorization }
}

/** Starts a server and waits until it is ready. */
export async function startSluice(core: number, data: string, nodeArgs: readonly string[] = []): Promise<SluiceServer> {
  const server = await spawnSluice(core, data, nodeArgs)
  await waitUntil(async () => (await fetch(`${server.url}/readyz`)).ok, server.process)
  return server
}

/** The scenario's first three steps: a client that may send messages, and the hello flow deployed. */
export function setUpHello(server: SluiceServer): Promise<void> {
  return setUpFlow(server, 'hello', `${examples}hello`)
}

/** A client that may send messages, and the flow in this folder deployed. */
export async function setUpFlow({ tenant }: SluiceServer, id: string, folder: string): Promise<void> {
  await tenant.createClient({ id: clientId, secret: clientSecret, subscription: 'deviflmap' })
  await tenant.allowMessages(clientId)
  await tenant.importFlow(id, folder)
  await tenant.deploy(id)
}
