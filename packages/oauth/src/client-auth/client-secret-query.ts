import type { ClientAuthentication } from './client-authentication.ts'
import { readParameters } from './read-parameters.ts'

/** Credentials in the query, which RFC 6749 §2.3.1 forbids because queries end up in logs: for clients that know nothing else. */
export const clientSecretQuery: ClientAuthentication = {
  name: undefined,
  acceptedUnder: ['query'],
  read: (_request, { query }) => readParameters(query),
}
