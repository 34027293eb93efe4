/** Where a client is registered. */
export const registerPath = '/cockpit/oauth/clients/client'

/** Where a client is shown and edited. */
export function clientPath(id: string): string {
  return `${registerPath}/${encodeURIComponent(id)}`
}

/** Begins the keys of all queries about scopes. */
export const scopesKey = ['scopes'] as const

/** Of the secrets of a client among the queries. */
export const secretsKey = (clientId: string) => ['client-secrets', clientId] as const

/** Of the list of application clients among the queries. */
export const clientsKey = ['clients', 'application'] as const
