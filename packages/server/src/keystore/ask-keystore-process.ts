import type { KeyPair } from '@sluice/iflow'
import { ProcessLost, ProcessPool } from '../processes/process-pool.ts'
import { KeystoreError } from './keystore-error.ts'
import type { GenerationRequest } from './self-signed.ts'

/** What is asked of the process. */
export type KeystoreRequest =
  | { readonly task: 'read'; readonly bytes: Uint8Array; readonly password: string }
  | { readonly task: 'generate'; readonly request: GenerationRequest }

/** What it replies: a key pair, or why there is none. */
export type KeystoreReply = KeyPair | { readonly problem: string }

/** A file says itself how long opening it takes, and looking for large primes takes seconds. */
const timeoutMs = 60_000

/**
 * Reads a file with a key pair or generates one in a process of its own, which ends afterwards: both are work for seconds,
 * and the one is done on what somebody sent. Throws `KeystoreError`.
 */
export async function askKeystoreProcess(request: KeystoreRequest): Promise<KeyPair> {
  const entry = new URL('./keystore-process.ts', import.meta.url)
  const pool = new ProcessPool<KeystoreRequest, KeystoreReply>({ entry, size: 1, timeoutMs, memoryMb: 256 })
  try {
    const reply = await pool.request(request)
    if ('problem' in reply) throw new KeystoreError(reply.problem)
    return reply
  } catch (error) {
    if (!(error instanceof ProcessLost)) throw error
    const message = 'Expected key material that can be worked on in a minute and 256 MB, found it to need more'
    throw new KeystoreError(message, { cause: error })
  } finally {
    await pool.close()
  }
}
