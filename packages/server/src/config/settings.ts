import type { ChoiceDeclaration, SettingDeclaration } from './setting-declaration.ts'

const choice = <const Choice extends string>(declaration: Omit<ChoiceDeclaration<Choice>, 'type'>) =>
  ({ type: 'choice', ...declaration }) as const

/** Every setting of the server: the one place that knows names, defaults, limits and their documentation. */
export const settingDeclarations = {
  host: {
    type: 'text',
    env: 'SLUICE_HOST',
    flag: 'host',
    default: '127.0.0.1',
    doc: 'Address to listen on. The default reaches this machine only; use 0.0.0.0 (with TLS or behind a proxy) for others.',
  },
  port: {
    type: 'integer',
    env: 'SLUICE_PORT',
    flag: 'port',
    default: 8080,
    min: 0,
    max: 65535,
    doc: 'TCP port to listen on; 0 takes a free one.',
  },
  publicUrl: {
    type: 'text',
    env: 'SLUICE_PUBLIC_URL',
    flag: 'public-url',
    default: '',
    pattern: { test: /^(https?:\/\/[^\s/?#]+)?$/, expected: 'an http or https URL without a path' },
    doc: 'URL under which clients reach this server, without a path. It appears in endpoint URLs, metadata and token issuers. Default: http(s)://localhost:<port>.',
  },
  data: {
    type: 'text',
    env: 'SLUICE_DATA',
    flag: 'data',
    default: './data',
    doc: 'Directory of the database, its key file and the logs. Created when missing, readable by its owner only.',
  },
  subaccount: {
    type: 'text',
    env: 'SLUICE_SUBACCOUNT',
    flag: 'subaccount',
    default: 'dev',
    pattern: {
      test: /^[a-z][a-z0-9]{0,29}$/,
      expected: 'a lower-case letter followed by at most 29 letters or digits',
    },
    doc: 'Technical name of the subaccount. Its applications are <subaccount>iflmap (runtime) and <subaccount>tmn (API).',
  },
  adminUser: {
    type: 'text',
    env: 'SLUICE_ADMIN_USER',
    flag: 'admin-user',
    default: 'admin',
    pattern: { test: /^[A-Za-z0-9._@-]{1,128}$/, expected: 'at most 128 letters, digits or any of . _ @ -' },
    doc: 'Name of the administrator that the first start creates.',
  },
  adminPassword: {
    type: 'text',
    env: 'SLUICE_ADMIN_PASSWORD',
    flag: 'admin-password',
    default: '',
    secret: true,
    doc: 'Password of the administrator that the first start creates. Without it the first start generates one and prints it once.',
  },
  sessionIdleMinutes: {
    type: 'integer',
    env: 'SLUICE_SESSION_IDLE_MINUTES',
    flag: 'session-idle-minutes',
    default: 30,
    min: 1,
    max: 720,
    doc: 'Minutes without a request after which a user has to sign in again; after 12 hours in any case.',
  },
  passwordFailuresMax: {
    type: 'integer',
    env: 'SLUICE_PASSWORD_FAILURES_MAX',
    flag: 'password-failures-max',
    default: 5,
    min: 0,
    max: 1_000,
    doc: 'Wrong passwords in a row that lock a local user; 0: none do.',
  },
  passwordLockMinutes: {
    type: 'integer',
    env: 'SLUICE_PASSWORD_LOCK_MINUTES',
    flag: 'password-lock-minutes',
    default: 60,
    min: 1,
    max: 10_080,
    doc: 'Minutes for which a local user stays locked, unless an administrator ends it.',
  },
  tlsCert: {
    type: 'text',
    env: 'SLUICE_TLS_CERT',
    flag: 'tls-cert',
    default: '',
    doc: 'File with the TLS certificate chain (PEM). With --tls-key the server speaks HTTPS.',
  },
  tlsKey: {
    type: 'text',
    env: 'SLUICE_TLS_KEY',
    flag: 'tls-key',
    default: '',
    doc: 'File with the private key of --tls-cert (PEM).',
  },
  tlsClientCertificates: choice({
    env: 'SLUICE_TLS_CLIENT_CERTIFICATES',
    flag: 'tls-client-certificates',
    default: 'ignore',
    choices: ['ignore', 'request'],
    doc: 'Whether TLS asks callers for client certificates, which CertificateUserMappings map to users. Needs --tls-cert.',
  }),
  clientAuthentication: choice({
    env: 'SLUICE_CLIENT_AUTHENTICATION',
    flag: 'client-authentication',
    default: 'basic',
    choices: ['basic', 'form', 'query'],
    doc: 'Where the token endpoint takes client credentials from: the Authorization header only (as the original), also the form body, or also the query.',
  }),
  headerBytesMax: {
    type: 'integer',
    env: 'SLUICE_HEADER_BYTES_MAX',
    flag: 'header-bytes-max',
    default: 16_384,
    min: 1_024,
    max: 1_048_576,
    doc: 'Largest request head (request line and headers) in bytes; more is answered with 431.',
  },
  apiBodyBytesMax: {
    type: 'integer',
    env: 'SLUICE_API_BODY_BYTES_MAX',
    flag: 'api-body-bytes-max',
    default: 67_108_864,
    min: 1_024,
    max: 1_073_741_824,
    doc: 'Largest request body of the OData and administration APIs in bytes; more is answered with 413.',
  },
  apiCallsPerMinute: {
    type: 'integer',
    env: 'SLUICE_API_CALLS_PER_MINUTE',
    flag: 'api-calls-per-minute',
    default: 100,
    min: 1,
    max: 1_000_000,
    doc: 'Calls that platform clients may make to the authorization API in a minute; more are delayed, then answered with 429.',
  },
  batchRequestsMax: {
    type: 'integer',
    env: 'SLUICE_BATCH_REQUESTS_MAX',
    flag: 'batch-requests-max',
    default: 1_000,
    min: 1,
    max: 10_000,
    doc: 'Requests in one `$batch` of the OData API. A changeset of 1,000 small changes keeps others from the database for about 0.2 s.',
  },
  artifactVersionsMax: {
    type: 'integer',
    env: 'SLUICE_ARTIFACT_VERSIONS_MAX',
    flag: 'artifact-versions-max',
    default: 100,
    min: 1,
    max: 10_000,
    doc: 'Saved versions of an artifact that are kept; beyond that the oldest are deleted.',
  },
  artifactLockMinutes: {
    type: 'integer',
    env: 'SLUICE_ARTIFACT_LOCK_MINUTES',
    flag: 'artifact-lock-minutes',
    default: 480,
    min: 1,
    max: 525_600,
    doc: 'Minutes after which the lock of an artifact that somebody edits ends, unless it is renewed.',
  },
  requestTimeoutMs: {
    type: 'integer',
    env: 'SLUICE_REQUEST_TIMEOUT_MS',
    flag: 'request-timeout-ms',
    default: 20_000,
    min: 1_000,
    max: 600_000,
    doc: 'Time in milliseconds within which a request must have arrived whole.',
  },
  runTimeMaxMs: {
    type: 'integer',
    env: 'SLUICE_RUN_TIME_MAX_MS',
    flag: 'run-time-max-ms',
    default: 600_000,
    min: 1_000,
    max: 86_400_000,
    doc: 'Longest run of one message in milliseconds; a longer one ends as FAILED.',
  },
  simulationsMax: {
    type: 'integer',
    env: 'SLUICE_SIMULATIONS_MAX',
    flag: 'simulations-max',
    default: 4,
    min: 1,
    max: 1_000,
    doc: 'Simulations of flows at the same time; more are answered with 429.',
  },
  simulationTimeMaxMs: {
    type: 'integer',
    env: 'SLUICE_SIMULATION_TIME_MAX_MS',
    flag: 'simulation-time-max-ms',
    default: 60_000,
    min: 100,
    max: 3_600_000,
    doc: 'Longest simulation of a flow in milliseconds; a longer one ends as FAILED, with the steps so far.',
  },
  simulationTraceBytesMax: {
    type: 'integer',
    env: 'SLUICE_SIMULATION_TRACE_BYTES_MAX',
    flag: 'simulation-trace-bytes-max',
    default: 8_388_608,
    min: 65_536,
    max: 268_435_456,
    doc: 'Bytes of all messages that one simulation of a flow shows; messages at later steps are left out.',
  },
  cache: {
    type: 'text',
    env: 'SLUICE_CACHE',
    flag: 'cache',
    default: '',
    doc: 'Directory of files that can be made again, such as the compiled host of Groovy scripts. Default: `cache` in the data directory.',
  },
  scriptWorkers: {
    type: 'integer',
    env: 'SLUICE_SCRIPT_WORKERS',
    flag: 'script-workers',
    default: 0,
    min: 0,
    max: 256,
    doc: 'Java processes for Groovy scripts that are kept once a flow needs them, each for one message at a time; 0: one for each core, at least two.',
  },
  scriptWorkersMax: {
    type: 'integer',
    env: 'SLUICE_SCRIPT_WORKERS_MAX',
    flag: 'script-workers-max',
    default: 8,
    min: 1,
    max: 256,
    doc: 'Java processes for Groovy scripts at most: more are started while messages wait, and ended when they have been idle for a minute.',
  },
  scriptTimeMaxMs: {
    type: 'integer',
    env: 'SLUICE_SCRIPT_TIME_MAX_MS',
    flag: 'script-time-max-ms',
    default: 60_000,
    min: 100,
    max: 3_600_000,
    doc: 'Longest call of a script in milliseconds; a longer one is ended and fails the message.',
  },
  scriptMemoryMaxMb: {
    type: 'integer',
    env: 'SLUICE_SCRIPT_MEMORY_MAX_MB',
    flag: 'script-memory-max-mb',
    default: 256,
    min: 64,
    max: 65_536,
    doc: 'Most memory in MB that a call of a JavaScript script, or the scripts in one Java process, may take for objects. JavaScript has 2,048 at most.',
  },
  queueRetriesMax: {
    type: 'integer',
    env: 'SLUICE_QUEUE_RETRIES_MAX',
    flag: 'queue-retries-max',
    default: 0,
    min: 0,
    max: 1_000_000,
    doc: 'Retries after which a message of a queue that goes on failing becomes a dead letter, where the JMS sender channel has a dead-letter queue; 0: it is tried without end (as the original).',
  },
  receiverBodyBytesMax: {
    type: 'integer',
    env: 'SLUICE_RECEIVER_BODY_BYTES_MAX',
    flag: 'receiver-body-bytes-max',
    default: 67_108_864,
    min: 1_024,
    max: 1_073_741_824,
    doc: 'Largest answer in bytes, decompressed, that a flow takes from another system; a larger one fails the message.',
  },
  receiverConnectionsMax: {
    type: 'integer',
    env: 'SLUICE_RECEIVER_CONNECTIONS_MAX',
    flag: 'receiver-connections-max',
    default: 256,
    min: 1,
    max: 10_000,
    doc: 'Connections that flows have to one host and port of another system at a time; requests beyond that wait.',
  },
  mailBytesMax: {
    type: 'integer',
    env: 'SLUICE_MAIL_BYTES_MAX',
    flag: 'mail-bytes-max',
    default: 26_214_400,
    min: 1_024,
    max: 1_073_741_824,
    doc: 'Largest mail in bytes that a flow sends, text and attachments together; a larger one fails the message.',
  },
  messageLogRetentionDays: {
    type: 'integer',
    env: 'SLUICE_MESSAGE_LOG_RETENTION_DAYS',
    flag: 'message-log-retention-days',
    default: 30,
    min: 1,
    max: 3_650,
    doc: 'Days after which message processing logs are deleted.',
  },
  attachmentRetentionDays: {
    type: 'integer',
    env: 'SLUICE_ATTACHMENT_RETENTION_DAYS',
    flag: 'attachment-retention-days',
    default: 30,
    min: 1,
    max: 3_650,
    doc: 'Days after which attachments of message processing logs are deleted, at the latest together with their log.',
  },
  messageStoreRetentionDays: {
    type: 'integer',
    env: 'SLUICE_MESSAGE_STORE_RETENTION_DAYS',
    flag: 'message-store-retention-days',
    default: 30,
    min: 1,
    max: 3_650,
    doc: 'Days after which messages that Persist steps have kept are deleted; counts for messages kept from then on.',
  },
  traceRetentionMinutes: {
    type: 'integer',
    env: 'SLUICE_TRACE_RETENTION_MINUTES',
    flag: 'trace-retention-minutes',
    default: 60,
    min: 1,
    max: 10_080,
    doc: 'Minutes after which the messages that log level TRACE recorded are deleted.',
  },
  traceBytesMax: {
    type: 'integer',
    env: 'SLUICE_TRACE_BYTES_MAX',
    flag: 'trace-bytes-max',
    default: 268_435_456,
    min: 1_048_576,
    max: 1_099_511_627_776,
    doc: 'Bytes that all traces may take in the store; the oldest are deleted first.',
  },
  runStepsMax: {
    type: 'integer',
    env: 'SLUICE_RUN_STEPS_MAX',
    flag: 'run-steps-max',
    default: 1_000_000,
    min: 1_000,
    max: 1_000_000_000,
    doc: 'Steps of messages, recorded at log levels DEBUG and TRACE, that are kept, about; the oldest are deleted first.',
  },
  messageLogFlushMs: {
    type: 'integer',
    env: 'SLUICE_MESSAGE_LOG_FLUSH_MS',
    flag: 'message-log-flush-ms',
    default: 25,
    min: 1,
    max: 10_000,
    doc: 'Milliseconds that message processing logs wait in memory so that they are committed in groups.',
  },
  logLevel: choice({
    env: 'SLUICE_LOG_LEVEL',
    flag: 'log-level',
    default: 'info',
    choices: ['debug', 'info', 'warn', 'error', 'silent'],
    doc: 'Least severity of the lines that the server writes to standard error.',
  }),
} as const satisfies Record<string, SettingDeclaration>

type Declarations = typeof settingDeclarations
type ValueOf<D> = D extends { type: 'integer' } ? number : D extends { choices: readonly (infer C)[] } ? C : string

/** The values of all settings. */
export type Settings = { readonly [Name in keyof Declarations]: ValueOf<Declarations[Name]> }

/** A setting that cannot be used, as one sentence that names it. */
export class SettingsError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'SettingsError'
  }
}

/**
 * Reads all settings. `flags` are command-line values by flag name, `env` the environment; empty values count as not given.
 * Throws `SettingsError` that lists every problem, not only the first.
 */
export function readSettings(
  flags: Readonly<Record<string, string | undefined>>,
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  const problems: string[] = []
  const values: Record<string, string | number> = {}
  for (const [name, declaration] of Object.entries<SettingDeclaration>(settingDeclarations)) {
    const given = flags[declaration.flag] || env[declaration.env]
    const origin = flags[declaration.flag] ? `--${declaration.flag}` : declaration.env
    values[name] = given ? parse(declaration, given, origin, problems) : declaration.default
  }
  if (Boolean(values.tlsCert) !== Boolean(values.tlsKey)) {
    problems.push('Expected --tls-cert and --tls-key together, found only one of them')
  }
  if (problems.length > 0) throw new SettingsError(problems)
  return values as unknown as Settings
}

function parse(declaration: SettingDeclaration, given: string, origin: string, problems: string[]): string | number {
  if (declaration.type === 'integer') {
    const value = Number(given)
    if (Number.isInteger(value) && value >= declaration.min && value <= declaration.max) return value
    problems.push(`Expected ${origin} to be an integer from ${declaration.min} to ${declaration.max}, found "${given}"`)
    return declaration.default
  }
  if (declaration.type === 'choice' && !declaration.choices.includes(given)) {
    problems.push(`Expected ${origin} to be one of ${declaration.choices.join(', ')}, found "${given}"`)
  }
  if (declaration.type === 'text' && declaration.pattern && !declaration.pattern.test.test(given)) {
    problems.push(`Expected ${origin} to be ${declaration.pattern.expected}, found "${given}"`)
  }
  return given
}
