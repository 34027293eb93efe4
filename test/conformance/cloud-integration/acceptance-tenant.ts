import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setDefaultCACertificates } from 'node:tls'
import { selfSigned, startTestServer, type TestServer } from '@sluice/server/testing'
import { Tenant } from '../../tenant.ts'
import type { Listener } from './wire.ts'

/** A client of the token endpoint. */
export interface Credentials {
  readonly id: string
  readonly secret: string
}

/** A started server that speaks TLS, as every client of a real tenant expects, and who may call it. */
export interface AcceptanceTenant {
  readonly server: TestServer
  readonly url: string
  /** `localhost:<port>`, as clients write it into `Host`. */
  readonly host: string
  readonly listener: Listener
  /** PEM file of the certificate that vouches for the server. */
  readonly certificateFile: string
  readonly tokenPath: string
  /** Of the API, with the roles of a person who may do everything. */
  readonly api: Credentials
  /** Of integration flows. */
  readonly runtime: Credentials
  readonly user: { readonly name: string; readonly password: string }
  /** The access log so far. */
  accessLines(): Promise<AccessLine[]>
  close(): Promise<void>
}

/** A line of the access log. */
export interface AccessLine {
  readonly status: number
  readonly method: string
  readonly path: string
}

const apiRoles = [
  'AuthGroup.Administrator',
  'AuthGroup.BusinessExpert',
  'AuthGroup.IntegrationDeveloper',
  'AuthGroup.TenantPartnerDirectoryConfigurator',
]

/** An empty tenant that takes client credentials in the query too, which one of the clients needs. */
export async function startAcceptanceTenant(): Promise<AcceptanceTenant> {
  const files = await mkdtemp(join(tmpdir(), 'sluice-acceptance-'))
  const certificateFile = join(files, 'certificate.pem')
  const keyFile = join(files, 'key.pem')
  await writeFile(certificateFile, selfSigned.cert)
  await writeFile(keyFile, selfSigned.key)
  // For the clients that run in this process.
  setDefaultCACertificates([selfSigned.cert])
  const server = await startTestServer({
    flags: { 'tls-cert': certificateFile, 'tls-key': keyFile, 'client-authentication': 'query' },
  })
  const api = { id: 'pipeline', secret: 'secret-of-the-pipeline' }
  const runtime = { id: 'sender', secret: 'secret-of-the-sender' }
  const tenant = new Tenant({ url: server.url, ...server.admin })
  await tenant.createClient({ ...api, subscription: 'devtmn' })
  await tenant.createClient({ ...runtime, subscription: 'deviflmap' })
  await tenant.allowMessages(runtime.id)
  for (const role of apiRoles) await tenant.allowApi(api.id, role)
  const { host, port } = new URL(server.url)
  return {
    server,
    url: server.url,
    host,
    listener: { port: Number(port), certificate: selfSigned.cert },
    certificateFile,
    tokenPath: '/oauth/token',
    api,
    runtime,
    user: { name: server.admin.user, password: server.admin.password },
    async accessLines() {
      server.flushAccessLog()
      const folder = join(server.dataDirectory, 'log')
      const texts = await Promise.all((await readdir(folder)).map(name => readFile(join(folder, name), 'utf8')))
      return texts.flatMap(text => text.split('\n').filter(Boolean)).map(line => JSON.parse(line) as AccessLine)
    },
    async close() {
      await server.close()
      await rm(files, { recursive: true, force: true })
    },
  }
}
