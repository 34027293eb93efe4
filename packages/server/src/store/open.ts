import { randomBytes } from 'node:crypto'
import { Kysely } from 'kysely'
import { createAccessPolicies } from './access-policies.ts'
import { createArtifactLocks } from './artifact-locks.ts'
import { createArtifacts } from './artifacts.ts'
import { createAuditRows } from './audit-log.ts'
import type { Backend } from './backend.ts'
import { createBranding } from './branding.ts'
import { createCertificateMappings } from './certificate-mappings.ts'
import { LocalChanges } from './changes.ts'
import { createClientSecrets } from './client-secrets.ts'
import { createClients } from './clients.ts'
import { createCredentials } from './credentials.ts'
import { createCustomTags } from './custom-tags.ts'
import { type DataDirectory, openDataDirectory } from './data-directory.ts'
import { createDataStores } from './data-stores.ts'
import { createDeployments } from './deployments.ts'
import { createExternalUsers } from './external-users.ts'
import { createGroups } from './groups.ts'
import { createIdentityProviders } from './identity-providers.ts'
import { checkKey, createKeys } from './keys.ts'
import { createKeystore } from './keystore.ts'
import { createLogLevels } from './log-levels.ts'
import { createMappedGroups } from './mapped-groups.ts'
import type { StoreTimers } from './message-log-buffer.ts'
import { createMessageLogs } from './message-logs.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { createNumberRanges } from './number-ranges.ts'
import { StoreOpenError } from './open-error.ts'
import { createPackages } from './packages.ts'
import { createPartnerDirectory } from './partner-directory.ts'
import { createPersistedMessages } from './persisted-messages.ts'
import { createProcessedMessages } from './processed-messages.ts'
import { createPushedRequests } from './pushed-requests.ts'
import { createQueues } from './queues.ts'
import { createRoles } from './roles.ts'
import type { Database, Schema } from './schema.ts'
import { createScopes } from './scopes.ts'
import { createSeal, type Seal } from './seal.ts'
import { createSessions } from './sessions.ts'
import { createSigningKeys } from './signing-keys.ts'
import { isDamaged, sqliteBackend } from './sqlite.ts'
import type { Store, TransactionStore } from './store.ts'
import { createTimerTicks } from './timer-ticks.ts'
import { createTokens } from './tokens.ts'
import { createTraces } from './traces.ts'
import { transaction } from './transaction.ts'
import { createUsage } from './usage.ts'
import { createUsedAssertions } from './used-assertions.ts'
import { createUsedProofs } from './used-proofs.ts'
import { createUserAuthorizations } from './user-authorizations.ts'
import { createUsers } from './users.ts'
import { createValueMappings } from './value-mappings.ts'
import { createVariables } from './variables.ts'
import { GroupWriter, type Writer } from './writer.ts'

export interface StoreOptions {
  /** Folder of `sluice.db` and `sluice.key`; created when missing. */
  readonly dataDirectory: string
  /** How long a message log may wait for company before it is written, in milliseconds. Default 25. */
  readonly flushIntervalMs?: number
  /** Message logs in memory beyond which `drained` makes producers wait. Default 10,000. */
  readonly maxBufferedLogs?: number
  /** Told when message logs could not be written (disk full). Default: a process warning. */
  readonly onLostLogs?: (error: unknown, count: number) => void
  /** Default: the machine's. */
  readonly timers?: StoreTimers
}

const machineTimers: StoreTimers = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

/**
 * Opens the SQLite store of a data directory, creating or upgrading it first. Throws `StoreOpenError`: another server
 * holds the directory (`locked`), the key file is missing or not the database's (`key-missing`, `key-wrong`), a newer
 * version wrote the database (`newer`), or the file is no database (`damaged`).
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const directory = openDataDirectory(options.dataDirectory)
  try {
    const backend = sqliteBackend(directory.databaseFile, directory.unlock)
    return await storeOn(backend, createSeal(directory.key), options)
  } catch (error) {
    directory.unlock()
    throw isDamaged(error) ? damaged(directory, error) : error
  }
}

/** A store that is gone when it is closed: for runs without a server. */
export async function openMemoryStore(timers?: StoreTimers): Promise<Store> {
  const backend = sqliteBackend(':memory:', () => {})
  return storeOn(backend, createSeal(randomBytes(32)), timers ? { timers } : {})
}

/** The store on any database: what `openStore` does once it has a connection. Closes the connection when it throws. */
async function storeOn(backend: Backend, seal: Seal, options: Omit<StoreOptions, 'dataDirectory'>): Promise<Store> {
  const database = new Kysely<Schema>({ dialect: backend.dialect })
  const timers = options.timers ?? machineTimers
  try {
    await migrate(database as unknown as Kysely<unknown>, backend, migrations, () => timers.now())
    await checkKey(database, seal)
  } catch (error) {
    await database.destroy()
    throw error
  }
  const writer = new GroupWriter(database)
  const changes = new LocalChanges()
  const messageLogs = createMessageLogs(
    { database, writer, seal },
    {
      timers,
      flushIntervalMs: options.flushIntervalMs ?? 25,
      maxBufferedLogs: options.maxBufferedLogs ?? 10_000,
      onLostLogs: options.onLostLogs ?? warnOfLostLogs,
    },
  )
  const traces = createTraces(database, writer, seal, options.onLostLogs ?? warnOfLostLogs)
  const common = { seal, availableBytes: () => backend.availableBytes() }
  return {
    ...repositories({ database, writer, changes, ...common }),
    messageLogs,
    traces,
    usage: createUsage(database, backend),
    changes,
    async probe() {
      const started = await database.startTransaction().execute()
      await started.rollback().execute()
    },
    transaction: work => transaction(database, changes, parts => work(repositories({ ...parts, ...common }))),
    async close() {
      await messageLogs.flush()
      await traces.flush()
      await writer.idle()
      await database.destroy()
      backend.release()
    },
  }
}

interface Parts {
  readonly database: Database
  readonly writer: Writer
  readonly changes: LocalChanges
  readonly seal: Seal
  readonly availableBytes: () => Promise<number>
}

/** The repositories that keep nothing in memory, so that a transaction can have its own. */
function repositories({ database, writer, changes, seal, availableBytes }: Parts): TransactionStore {
  return {
    clients: createClients(database, writer, changes),
    clientSecrets: createClientSecrets(database, writer, changes),
    tokens: createTokens(database, writer, changes),
    scopes: createScopes(database, writer),
    userAuthorizations: createUserAuthorizations(database, writer, changes),
    pushedRequests: createPushedRequests(database, writer),
    usedProofs: createUsedProofs(writer),
    auditLog: createAuditRows(database, writer),
    users: createUsers(database, writer, changes),
    identityProviders: createIdentityProviders(database, writer, changes, seal),
    externalUsers: createExternalUsers(database, writer, changes),
    groups: createGroups(database, writer, changes),
    mappedGroups: createMappedGroups(database, writer, changes),
    usedAssertions: createUsedAssertions(database, writer, changes),
    roles: createRoles(database, writer, changes),
    branding: createBranding(database, writer),
    packages: createPackages(database, writer),
    customTags: createCustomTags(database, writer),
    artifacts: createArtifacts(database, writer),
    valueMappings: createValueMappings(database, writer),
    artifactLocks: createArtifactLocks(database, writer),
    deployments: createDeployments(database, writer, changes),
    logLevels: createLogLevels(database, writer, changes),
    variables: createVariables(database, writer, seal),
    dataStores: createDataStores(database, writer, seal),
    persistedMessages: createPersistedMessages(database, writer, seal),
    processedMessages: createProcessedMessages(database, writer),
    numberRanges: createNumberRanges(database, writer),
    accessPolicies: createAccessPolicies(database, writer, changes),
    certificateUserMappings: createCertificateMappings(database, writer, changes),
    keys: createKeys(database, writer, seal),
    signingKeys: createSigningKeys(database, writer, changes, seal),
    credentials: createCredentials(database, writer, changes, seal),
    keystore: createKeystore(database, writer, changes, seal),
    partnerDirectory: createPartnerDirectory(database, writer, changes),
    timerTicks: createTimerTicks(writer),
    sessions: createSessions(database, writer),
    queues: createQueues(database, writer, changes, { seal, availableBytes }),
  }
}

function warnOfLostLogs(error: unknown, count: number): void {
  process.emitWarning(`${count} message logs could not be written: ${String(error)}`)
}

function damaged(directory: DataDirectory, cause: unknown): StoreOpenError {
  return new StoreOpenError(
    'damaged',
    `Expected ${directory.databaseFile} to be a Sluice database, found a file SQLite cannot read ` +
      `(${cause instanceof Error ? cause.message : String(cause)}). Restore it and sluice.key from the same backup.`,
    { cause },
  )
}
