import type { ClientAuthentication } from './client-authentication.ts'
import { readParameters } from './read-parameters.ts'

/** RFC 6749 §2.3.1, credentials in the form body. Not accepted by the original; many OAuth libraries send nothing else. */
export const clientSecretPost: ClientAuthentication = {
  name: 'client_secret_post',
  acceptedUnder: ['form', 'query'],
  read: (_request, { form }) => readParameters(form),
}
