import type { ClientCredentials } from './client-authentication.ts'

/** `client_id` and `client_secret`; undefined unless both are there. */
export function readParameters(parameters: ReadonlyMap<string, string>): ClientCredentials | undefined {
  const id = parameters.get('client_id')
  const secret = parameters.get('client_secret')
  return id === undefined || secret === undefined ? undefined : { id, secrets: [secret] }
}
