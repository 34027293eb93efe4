import type { Logger } from 'pino'
import type { AuditLog } from '../audit/audit-log.ts'
import type { SigningKeys } from '../identity/signing-keys.ts'
import { inBatches } from '../store/batches.ts'
import type { Store } from '../store/store.ts'
import type { FlowRunner } from './flow-runner.ts'

export interface HousekeepingOptions {
  readonly store: Pick<
    Store,
    | 'auditLog'
    | 'tokens'
    | 'userAuthorizations'
    | 'usedAssertions'
    | 'pushedRequests'
    | 'usedProofs'
    | 'sessions'
    | 'messageLogs'
    | 'variables'
    | 'dataStores'
    | 'persistedMessages'
    | 'traces'
    | 'processedMessages'
    | 'queues'
  >
  readonly runner: FlowRunner
  readonly signingKeys: Pick<SigningKeys, 'maintain'>
  readonly audit: Pick<AuditLog, 'record'>
  readonly clock: { now(): number }
  readonly auditRetentionDays: number
  /** Sessions that are not used for so long have ended. */
  readonly sessionIdleMinutes: number
  readonly messageLogRetentionDays: number
  readonly attachmentRetentionDays: number
  readonly traceBytesMax: number
  readonly runStepsMax: number
  readonly log: Logger
}

const announceEveryMs = 1_000
const purgeEveryMs = 60_000
/** How long what may be used once is remembered after it expired: the clock of another server may be behind. */
const clockSkewMs = 60_000
const dayMs = 86_400_000

/** Regular work of a running server. Returns the function that ends it and resolves when what is under way is done. */
export function startHousekeeping(options: HousekeepingOptions): () => Promise<void> {
  let purging: Promise<void> | undefined
  let isStopped = false
  const announcing = setInterval(() => options.runner.announceLongRuns(), announceEveryMs)
  const purgeTimer = setInterval(() => {
    purging ??= work(options, () => isStopped).finally(() => {
      purging = undefined
    })
  }, purgeEveryMs)
  announcing.unref()
  purgeTimer.unref()
  return async () => {
    isStopped = true
    clearInterval(announcing)
    clearInterval(purgeTimer)
    await purging
  }
}

async function work(options: HousekeepingOptions, isStopped: () => boolean): Promise<void> {
  const { signingKeys, audit, log } = options
  try {
    if ((await signingKeys.maintain()) === 'rotated') {
      log.info('the next key takes over the signing of JWTs')
      audit.record({ object: 'signing-key', action: 'rotate', method: 'schedule' })
    }
  } catch (error) {
    log.error({ err: error }, 'signing keys could not be looked after')
  }
  try {
    await purge(options, isStopped)
  } catch (error) {
    log.error({ err: error }, 'expired rows could not be deleted')
  }
}

/** Deletes what has expired, batch by batch, so that nobody waits long for the database. */
export async function purge(
  options: Omit<HousekeepingOptions, 'runner' | 'log' | 'signingKeys' | 'audit'>,
  isStopped: () => boolean,
): Promise<void> {
  const { store, clock, messageLogRetentionDays, attachmentRetentionDays, traceBytesMax, runStepsMax } = options
  const now = clock.now()
  const oldest = now - messageLogRetentionDays * dayMs
  // First, and a few at a time: a log would take all of its attachments along at once.
  const oldestAttachment = Math.max(oldest, now - attachmentRetentionDays * dayMs)
  const steps: readonly ((limit: number) => Promise<number>)[] = [
    limit => store.tokens.deleteExpired(now, limit),
    limit => store.userAuthorizations.deleteExpiredCodes(now, limit),
    // Before their authorizations, which would take all of them along at once.
    limit => store.userAuthorizations.deleteExpiredRefreshTokens(now, limit),
    limit => store.userAuthorizations.deleteExpired(now, limit),
    limit => store.pushedRequests.deleteExpired(now, limit),
    limit => store.usedProofs.deleteExpired(now - clockSkewMs, limit),
    limit => store.sessions.deleteUnused(now - options.sessionIdleMinutes * 60_000, limit),
    limit => store.usedAssertions.deleteExpired(now - clockSkewMs, limit),
    limit => store.messageLogs.deleteAttachmentsOlderThan(oldestAttachment, limit),
    limit => store.messageLogs.deleteOlderThan(oldest, limit),
    limit => store.variables.deleteExpired(now, limit),
    limit => store.dataStores.deleteExpired(now, limit),
    limit => store.persistedMessages.deleteExpired(now, limit),
    limit => store.traces.deleteExpired(now, limit),
    limit => store.traces.deleteBeyond(traceBytesMax, limit),
    limit => store.traces.deleteSteps(oldest, runStepsMax, limit),
    limit => store.processedMessages.deleteExpired(now, limit),
    limit => store.queues.deleteExpired(now, limit),
    limit => store.auditLog.deleteOlderThan(now - options.auditRetentionDays * dayMs, limit),
  ]
  for (const step of steps) await inBatches(step, isStopped)
}
