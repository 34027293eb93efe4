import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import pino from 'pino'
import { AuditLog } from '../../../audit/audit-log.ts'
import { AccessLog } from '../../../http/access-log.ts'
import { createApp } from '../../../http/app.ts'
import { Authentication } from '../../../http/authentication.ts'
import { Csrf } from '../../../http/csrf.ts'
import { LogFiles } from '../../../http/log-files.ts'
import { Metrics } from '../../../http/metrics.ts'
import { createAuthorizer } from '../../../identity/authorizer.ts'
import { rolesCatalogue } from '../../../identity/roles-catalogue.ts'
import type { RealTenant } from '../../../local/simulated-tenant.ts'
import { readFolder, writeArchive } from '../../../runtime/archive.ts'
import { DeployedArtifacts } from '../../../runtime/deployed-artifacts.ts'
import type { Resender } from '../../../runtime/resender.ts'
import { openStore } from '../../../store/open.ts'
import type { Deployable, Store } from '../../../store/store.ts'
import { TestClock } from '../../../testing/test-clock.ts'
import { registerDesignApi } from '../../design/index.ts'
import { registerMonitoringApi } from '../../monitoring/index.ts'
import { registerCommands } from '../../operations/index.ts'
import type { Deployer, Endpoint, QueueUser } from '../definition.ts'
import { registerODataApi } from '../index.ts'
import { odataErrorForms } from '../register.ts'

export interface TestAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  readonly bytes: Buffer
  /** The body parsed as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  readonly json: any
}

export interface TestCall {
  /** Default: the developer's Bearer token and `Accept: application/json`. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** Deploys nothing: a test says how a deployment ends, and what can be called. */
export class TestDeployer implements Deployer {
  readonly #store: Store
  readonly #clock: TestClock
  served: Endpoint[] = []
  readonly users = new Map<string, QueueUser[]>()
  readonly deployed: Deployable[] = []

  constructor(store: Store, clock: TestClock) {
    this.#store = store
    this.#clock = clock
  }

  async deploy(deployable: Deployable, by: string): Promise<string> {
    const { artifact } = deployable
    this.deployed.push(deployable)
    const taskId = randomUUID()
    const now = this.#clock.now()
    await this.#store.deployments.begin(
      { ...artifact, status: 'STARTING', deployedBy: by, deployedAt: now, error: undefined },
      { taskId, artifactId: artifact.id, status: 'DEPLOYING', createdAt: now },
    )
    return taskId
  }

  undeploy(id: string): Promise<boolean> {
    return this.#store.deployments.delete(id)
  }

  endpoints(): readonly Endpoint[] {
    return this.served
  }

  queueUsers(queue: string): readonly QueueUser[] {
    return this.users.get(queue) ?? []
  }
}

export interface TestService {
  readonly store: Store
  readonly deployer: TestDeployer
  /** IDs of the message processing logs of runs that can be cancelled. */
  readonly underWay: Set<string>
  readonly clock: TestClock
  readonly accessLog: AccessLog
  readonly dataDirectory: string
  /** `path` is below `/api/v1`, or begins with `/`. */
  call(method: string, path: string, call?: TestCall): Promise<TestAnswer>
  /** Listens on a socket too; resolves with the port. */
  listen(): Promise<number>
  close(): Promise<void>
}

const users: Readonly<Record<string, string>> = {
  administrator: 'AuthGroup.Administrator',
  developer: 'AuthGroup.IntegrationDeveloper',
  expert: 'AuthGroup.BusinessExpert',
  partners: 'AuthGroup.TenantPartnerDirectoryConfigurator',
  reader: 'AuthGroup.ReadOnly',
}

/**
 * The API on a real store and with real roles. Bearer tokens are user names, `everybody` has the roles of all; Basic takes any
 * of them with `secret`.
 */
export async function startTestService(): Promise<TestService> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sluice-odata-'))
  const store = await openStore({ dataDirectory })
  const catalogue = rolesCatalogue('dev')
  await assignRoles(store, catalogue.api)
  const clock = new TestClock()
  const log = pino({ level: 'silent' })
  const accessLog = new AccessLog(dataDirectory)
  const csrf = new Csrf(new Uint8Array(32), true)
  const deployer = new TestDeployer(store, clock)
  const underWay = new Set<string>()
  const authorizer = createAuthorizer({ roles: store.roles, changes: store.changes, catalogue })
  const serverFactory = createServer
  const errorForms = odataErrorForms
  const audit = new AuditLog({ rows: store.auditLog, clock, log })
  const app = createApp({ accessLog, audit, log, csrf, bodyBytesMax: 1_000_000, serverFactory, errorForms })
  const access = authentication(authorizer)
  const logFiles = new LogFiles(dataDirectory, accessLog, catalogue.runtime)
  const shared = { access, application: catalogue.api }
  registerMonitoringApi(app, {
    access,
    catalogue,
    clock,
    store,
    metrics: new Metrics(),
    resender: noFlows,
    logFiles,
  })
  registerODataApi(app, {
    ...shared,
    note: (request, notes) => accessLog.note(request, notes),
    audit,
    csrf,
    store,
    deployer,
    runs: { cancel: messageGuid => underWay.has(messageGuid) },
    logFiles,
    clock,
    publicUrl: () => 'https://tenant.example',
    bodyBytesMax: 1_000_000,
    batchRequestsMax: 1_000,
    artifactVersionsMax: 5,
    artifactLockMs: 60_000,
    log,
  })
  const logLevels = { of: () => 'INFO' as const, set: async () => {} }
  registerCommands(app, {
    ...shared,
    csrf,
    store,
    deployer,
    logLevels,
    subaccount: 'dev',
    clock,
  })
  // Scripts and simulations take a started server.
  const world = { others: new DeployedArtifacts(), hosts: {} as RealTenant['hosts'] }
  registerDesignApi(app, { access, catalogue, store, world, simulations: { run: async () => undefined } })
  return {
    store,
    deployer,
    underWay,
    clock,
    accessLog,
    dataDirectory,
    listen: () => listen(app),
    call: (method, path, call) => ask(app, method, path, call),
    async close() {
      await app.close()
      authorizer.close()
      accessLog.close()
      await store.close()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

async function ask(
  app: FastifyInstance,
  method: string,
  path: string,
  { headers = {}, body }: TestCall = {},
): Promise<TestAnswer> {
  const response = await app.inject({
    method: method as 'GET',
    url: path.startsWith('/') ? path : `/api/v1/${path}`,
    headers: { authorization: 'Bearer developer', accept: 'application/json', ...headers },
    ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return answerOf(response)
}

function answerOf(response: LightMyRequestResponse): TestAnswer {
  return {
    status: response.statusCode,
    headers: response.headers,
    text: response.body,
    bytes: response.rawPayload,
    get json() {
      return JSON.parse(response.body)
    },
  }
}

async function listen(app: FastifyInstance): Promise<number> {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('Expected a port')
  return address.port
}

function authentication(authorizer: ReturnType<typeof createAuthorizer>): Authentication {
  return new Authentication({
    audit: { record: () => {} },
    realm: 'dev',
    authorizer,
    sessions: { find: async () => undefined },
    csrf: new Csrf(new Uint8Array(32), false),
    validateToken: token =>
      token === 'everybody' || Object.hasOwn(users, token)
        ? { accepted: true, user: token, clientId: token, scopes: [], expiresAt: 0, format: 'opaque' }
        : { accepted: false, state: 'unknown', reason: 'unknown token' },
    verifyPassword: async (user, password) =>
      password === 'secret' ? { accepted: true, user } : { accepted: false, reason: 'wrong password' },
  })
}

async function assignRoles({ roles }: Store, application: string): Promise<void> {
  for (const [user, role] of Object.entries(users)) {
    await roles.assignUsers({ application, role }, [user, 'everybody'])
  }
}

/** Nothing runs here. */
const noFlows: Pick<Resender, 'entrancesOf' | 'resend'> = {
  entrancesOf: () => [],
  resend: () => Promise.reject(new Error('Expected no flow to run')),
}

/** The artifact of `examples/hello`, with some of its files changed; undefined removes one. */
export async function helloArchive(changes: Readonly<Record<string, string | undefined>> = {}): Promise<Uint8Array> {
  const folder = join(import.meta.dirname, '../../../../../../examples/hello')
  const files = new Map(await readFolder(folder))
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) files.delete(path)
    else files.set(path, new TextEncoder().encode(text))
  }
  return writeArchive(files)
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
