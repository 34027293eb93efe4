import { serveRequests } from '../processes/serve-requests.ts'
import type { KeystoreReply, KeystoreRequest } from './ask-keystore-process.ts'
import { KeystoreError } from './keystore-error.ts'
import { readKeyPair } from './read-key-pair.ts'
import { generateSelfSigned } from './self-signed.ts'

serveRequests((asked: KeystoreRequest): KeystoreReply => {
  try {
    return asked.task === 'read' ? readKeyPair(asked.bytes, asked.password) : generateSelfSigned(asked.request)
  } catch (error) {
    if (error instanceof KeystoreError) return { problem: error.message }
    throw error
  }
})
