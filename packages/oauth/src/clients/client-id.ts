const clientIdPattern = /^[A-Za-z0-9._~-]{1,128}$/
const userPrefix = 'oauth_client_'

/** Whether `text` may be a client ID: 1 to 128 of `A-Z a-z 0-9 . _ ~ -`. A colon would end the ID in Basic credentials. */
export function isClientId(text: string): boolean {
  return clientIdPattern.test(text)
}

/** The user as whom a client acts with its own credentials (documented behaviour): `oauth_client_<client ID>`. */
export function oauthClientUser(clientId: string): string {
  return `${userPrefix}${clientId}`
}

/** Whether a name looks like that of a client, in whichever case: no person may have it (RFC 9700 §4.15.1). */
export function isLikeClientUser(name: string): boolean {
  return name.toLowerCase().startsWith(userPrefix)
}

/** The client behind such a user; undefined for any other user. */
export function clientIdOfUser(user: string): string | undefined {
  return user.startsWith(userPrefix) ? user.slice(userPrefix.length) : undefined
}
