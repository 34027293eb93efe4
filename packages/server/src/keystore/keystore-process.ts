import { serveRequests } from '../processes/serve-requests.ts'
import type { KeystoreReply, KeystoreRequest } from './ask-keystore-process.ts'
import { certifyKey } from './certify-key.ts'
import { KeystoreError } from './keystore-error.ts'
import { readKeyPair } from './read-key-pair.ts'
import { readKeystore } from './read-keystore.ts'
import { generateSelfSigned } from './self-signed.ts'

serveRequests(async (request: KeystoreRequest): Promise<KeystoreReply> => {
  try {
    return { given: await giveTo(request) }
  } catch (error) {
    if (error instanceof KeystoreError) return { problem: error.message }
    throw error
  }
})

function giveTo(request: KeystoreRequest) {
  switch (request.task) {
    case 'read':
      return readKeyPair(request.bytes, request.password)
    case 'readAll':
      return readKeystore(request.bytes, request.password)
    case 'generate':
      return generateSelfSigned(request)
    case 'certify':
      return certifyKey(request)
  }
}
