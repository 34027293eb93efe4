import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Clock, localProviderOf } from '@sluice/oauth'
import pino, { type Logger } from 'pino'
import { registerAuditApi } from './api/audit/index.ts'
import { registerAuthorizationApi } from './api/authorization/index.ts'
import { registerDesignApi } from './api/design/index.ts'
import { registerIdentityApi } from './api/identity/index.ts'
import { registerMonitoringApi } from './api/monitoring/index.ts'
import { registerOAuthApi } from './api/oauth/index.ts'
import { registerODataApi } from './api/odata/index.ts'
import { odataErrorForms } from './api/odata/register.ts'
import { registerOpenApi } from './api/openapi/index.ts'
import { registerCommands } from './api/operations/index.ts'
import { registerSessionApi } from './api/session/index.ts'
import { AuditLog } from './audit/audit-log.ts'
import type { Settings } from './config/settings.ts'
import { redirectUriOf } from './end-user/external-sign-in-paths.ts'
import { registerEndUserPages } from './end-user/index.ts'
import { AccessLog } from './http/access-log.ts'
import { createApp } from './http/app.ts'
import { registerConsole } from './http/console.ts'
import { createListener, type HotPath } from './http/listener.ts'
import { LogFiles } from './http/log-files.ts'
import { MessageEndpoint } from './http/message-endpoint.ts'
import { Metrics } from './http/metrics.ts'
import { registerOperations } from './http/operations.ts'
import { TokenEndpoint } from './http/token-endpoint.ts'
import type { FirstAdministrator } from './identity/local-users.ts'
import { type RolesCatalogue, rolesCatalogue } from './identity/roles-catalogue.ts'
import { secretGauges } from './identity/secret-expiry.ts'
import type { HashCosts } from './identity/secret-hasher.ts'
import { Simulations } from './local/simulation.ts'
import { type Identity, openIdentity } from './open-identity.ts'
import { openWorld } from './open-world.ts'
import { Deployer } from './runtime/deployer.ts'
import { EndpointTable } from './runtime/endpoint-table.ts'
import { FlowRunner, type RunningFlow } from './runtime/flow-runner.ts'
import { startHousekeeping } from './runtime/housekeeping.ts'
import { FlowLogLevels } from './runtime/log-levels.ts'
import { QueueConsumers } from './runtime/queue-consumers.ts'
import { Resender } from './runtime/resender.ts'
import { Scheduler } from './runtime/scheduler.ts'
import { Tracing } from './runtime/tracing.ts'
import { openStore } from './store/open.ts'
import type { Store } from './store/store.ts'

/** A server that accepts requests. */
export interface RunningServer {
  /** Public URL, without a trailing slash. */
  readonly url: string
  readonly administrator: FirstAdministrator
  /** Resolves when no deployment is under way. */
  deploymentsIdle(): Promise<void>
  /** Starts the timers of flows that are due by the server's clock; resolves when their runs have ended. */
  runDueTimers(): Promise<void>
  /** Writes what the access log has buffered. */
  flushAccessLog(): void
  /** Ends after the requests under way; everything accepted is on disk then. */
  close(): Promise<void>
}

/** What a server is given besides its settings; tests set the clock, and hash at less cost. */
export interface World {
  readonly clock?: Clock
  readonly hashCosts?: HashCosts
}

const machineClock: Clock = {
  now: () => Date.now(),
  sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
}

/** The composition root: opens the store, puts every part together and listens. Throws when any of it cannot be done. */
export async function startServer(settings: Settings, world: World = {}): Promise<RunningServer> {
  const clock = world.clock ?? machineClock
  const log = pino({ level: settings.logLevel, base: null }, pino.destination({ dest: 2, sync: true }))
  const store = await openStore({
    dataDirectory: settings.data,
    flushIntervalMs: settings.messageLogFlushMs,
    onLostLogs: (error, count) => log.error({ err: error, count }, 'message processing logs could not be written'),
  })
  const accessLog = new AccessLog(settings.data)
  try {
    const audit = new AuditLog({ rows: store.auditLog, clock, log })
    return await assemble({ settings, clock, log, store, accessLog, audit, hashCosts: world.hashCosts })
  } catch (error) {
    accessLog.close()
    await store.close()
    throw error
  }
}

interface Parts {
  readonly settings: Settings
  readonly clock: Clock
  readonly log: Logger
  readonly store: Store
  readonly accessLog: AccessLog
  readonly audit: AuditLog
  readonly hashCosts: HashCosts | undefined
}

async function assemble(parts: Parts): Promise<RunningServer> {
  const { settings, clock, log, store, accessLog, audit } = parts
  await tellInterrupted(parts)
  let url = settings.publicUrl || localUrl(settings, settings.port)
  const publicUrl = () => url
  const catalogue = rolesCatalogue(settings.subaccount)
  const identity = await openIdentity(parts, catalogue, publicUrl)
  const metrics = new Metrics()
  const table = new EndpointTable<RunningFlow>()
  const world = openWorld(parts)
  const { runner, logLevels } = await createRunner(parts, { table, metrics, ports: world.ports })
  const { artifacts, deployments } = store
  const scheduler = new Scheduler({ runner, ticks: store.timerTicks, clock, log })
  const consumers = new QueueConsumers({ runner, store, clock, log, retriesMax: settings.queueRetriesMax })
  const deployer = new Deployer({
    artifacts,
    deployments,
    table,
    others: world.others,
    scheduler,
    consumers,
    clock,
    ports: runner.ports,
    publicUrl,
    log,
  })
  const hotPath = createHotPath(parts, { ...identity, catalogue, metrics, table, runner, publicUrl })
  const app = createApp({
    accessLog,
    audit,
    log,
    csrf: identity.csrf,
    bodyBytesMax: settings.apiBodyBytesMax,
    serverFactory: listener => createListener(settings, hotPath, listener),
    errorForms: odataErrorForms,
  })
  const resender = new Resender({ table, runner, publicUrl, drained: () => store.messageLogs.drained() })
  const running = { deployer, runner, resender, logLevels, world }
  registerApis(app, parts, { ...identity, ...running, catalogue, metrics, publicUrl })
  await tidyUpAfterLast(parts)
  await deployer.startAll()
  consumers.open()
  await app.listen({ host: settings.host, port: settings.port })
  if (!settings.publicUrl) url = localUrl(settings, (app.server.address() as AddressInfo).port)
  const { signingKeys } = identity
  const stopHousekeeping = startHousekeeping({ ...settings, store, runner, signingKeys, audit, clock, log })
  return {
    url,
    administrator: identity.administrator,
    deploymentsIdle: () => deployer.idle(),
    flushAccessLog: () => accessLog.flush(),
    async runDueTimers() {
      scheduler.fireDue()
      await scheduler.idle()
      await consumers.fireDue()
    },
    async close() {
      await app.close()
      await scheduler.close()
      await consumers.close()
      await world.close()
      await Promise.all([stopHousekeeping(), deployer.idle()])
      identity.close()
      logLevels.close()
      accessLog.close()
      await audit.close()
      await store.close()
    },
  }
}

async function createRunner(
  { settings, clock, log, store }: Parts,
  {
    metrics,
    ...more
  }: Pick<ConstructorParameters<typeof FlowRunner>[0], 'table' | 'ports'> & { readonly metrics: Metrics },
): Promise<{ readonly runner: FlowRunner; readonly logLevels: FlowLogLevels }> {
  const logLevels = await FlowLogLevels.open({ store, clock, log })
  const runner = new FlowRunner({
    ...more,
    messageLogs: store.messageLogs,
    logLevels,
    tracing: new Tracing({ traces: store.traces, clock, retentionMs: settings.traceRetentionMinutes * 60_000 }),
    runTimeMaxMs: settings.runTimeMaxMs,
    log,
    onFinished: status => metrics.message(status),
  })
  return { runner, logLevels }
}

/** Has the audit log tell of changes that were under way when a server died: before others are made. */
async function tellInterrupted({ store, log }: Parts): Promise<void> {
  const changes = await store.auditLog.appendBegun('the server ended meanwhile: it may have happened')
  if (changes > 0)
    log.warn({ changes }, 'changes were under way when the server last stopped: the audit log names them')
}

/** What a server that died has left half done. */
async function tidyUpAfterLast({ store, clock, log }: Parts): Promise<void> {
  const abandoned = await store.messageLogs.abandonUnfinished(clock.now())
  if (abandoned > 0) log.warn({ messages: abandoned }, 'messages were under way when the server last stopped')
  await store.deployments.failUnfinished('The server stopped during the deployment. Deploy it again.')
  const crashed = await store.queues.recover()
  if (crashed > 0) log.warn({ messages: crashed }, 'messages of queues were under way when the server last stopped')
}

interface Surfaces extends Identity {
  readonly catalogue: RolesCatalogue
  readonly metrics: Metrics
  readonly publicUrl: () => string
}

/** Messages and tokens, in front of everything else. */
function createHotPath(
  { settings, accessLog, log, store }: Parts,
  surfaces: Surfaces & { readonly table: EndpointTable<RunningFlow>; readonly runner: FlowRunner },
): HotPath {
  const messages = new MessageEndpoint({
    ...surfaces,
    accessLog,
    log,
    application: surfaces.catalogue.runtime,
    directory: settings.data,
    drained: () => store.messageLogs.drained(),
  })
  const tokens = new TokenEndpoint({ ...surfaces, accessLog, log })
  return (request, response) => {
    const url = request.url ?? ''
    if (MessageEndpoint.owns(url)) {
      messages.handle(request, response)
      return true
    }
    const kind = TokenEndpoint.kindOf(url)
    if (kind) tokens.handle(request, response, kind)
    return kind !== undefined
  }
}

function registerApis(
  app: ReturnType<typeof createApp>,
  parts: Parts,
  surfaces: Surfaces & {
    readonly world: ReturnType<typeof openWorld>
    readonly deployer: Deployer
    readonly runner: FlowRunner
    readonly resender: Resender
    readonly logLevels: FlowLogLevels
  },
): void {
  const { settings, clock, log, store, accessLog } = parts
  const { authentication: access, catalogue, csrf, deployer, metrics, oauth, publicUrl } = surfaces
  registerOpenApi(app, { version, publicUrl })
  registerSessionApi(app, { ...surfaces, users: store.users, roles: store.roles })
  const { hasher, random } = oauth
  const limited = { access, clock, callsPerMinute: settings.apiCallsPerMinute }
  registerIdentityApi(app, {
    ...limited,
    accounts: surfaces.accounts,
    users: store.users,
    store,
    localProvider: () => localProviderOf(oauth.settings),
    redirectUriOf: name => redirectUriOf(publicUrl(), name),
    hasher: surfaces.passwords,
    random,
  })
  registerOAuthApi(app, {
    access,
    catalogue,
    clients: store.clients,
    clientSecrets: store.clientSecrets,
    secretWarningDays: settings.clientSecretWarningDays,
    tokens: store.tokens,
    authorizations: store.userAuthorizations,
    branding: store.branding,
    scopes: store.scopes,
    hasher,
    random,
    clock,
    oauth,
    signingKeys: surfaces.signingKeys,
    note: (request, notes) => accessLog.note(request, notes),
  })
  registerEndUserPages(app, {
    ...surfaces,
    accessLog,
    audit: parts.audit,
    ...{ branding: store.branding, clients: store.clients },
    ...{ authorizations: store.userAuthorizations, tokens: store.tokens },
  })
  registerAuditApi(app, {
    ...{ ...limited, catalogue, publicUrl },
    audit: parts.audit,
    rows: store.auditLog,
    retentionDays: settings.auditRetentionDays,
  })
  registerAuthorizationApi(app, { ...limited, catalogue, ...surfaces.administrators.assignments() })
  const logFiles = new LogFiles(settings.data, accessLog, catalogue.runtime)
  registerMonitoringApi(app, { access, catalogue, clock, store, metrics, resender: surfaces.resender, logFiles })
  registerDesignApi(app, { access, catalogue, store, ...trials(surfaces.world, parts) })
  const shared = { access, application: catalogue.api, csrf, store, deployer, clock }
  registerODataApi(app, {
    ...shared,
    note: (request, notes) => accessLog.note(request, notes),
    audit: parts.audit,
    runs: surfaces.runner,
    logFiles,
    publicUrl,
    bodyBytesMax: settings.apiBodyBytesMax,
    batchRequestsMax: settings.batchRequestsMax,
    artifactVersionsMax: settings.artifactVersionsMax,
    artifactLockMs: settings.artifactLockMinutes * 60_000,
    log,
  })
  registerCommands(app, { ...shared, logLevels: surfaces.logLevels, subaccount: settings.subaccount })
  registerOperations(app, {
    access,
    catalogue,
    metrics,
    version,
    publicUrl,
    probeStore: () => store.probe(),
    gauges: () => secretGauges(store, clock, settings.clientSecretWarningDays),
  })
  registerConsole(app, fileURLToPath(new URL('../../console/dist', import.meta.url)))
}

/** What runs flows that are not deployed. */
function trials({ others, ports }: ReturnType<typeof openWorld>, { settings, clock, store }: Parts) {
  const { heavyWork, scripts, stylesheets } = ports
  const world = { others, hosts: { heavyWork, scripts, stylesheets } }
  const limits = {
    countMax: settings.simulationsMax,
    timeMsMax: settings.simulationTimeMaxMs,
    traceBytesMax: settings.simulationTraceBytesMax,
  }
  return { world, simulations: new Simulations({ ...world, clock, store }, limits) }
}

function localUrl(settings: Settings, port: number): string {
  return `${settings.tlsCert ? 'https' : 'http'}://localhost:${port}`
}

const version = (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
  .version
