/** What all addresses of sign-in at identity providers begin with. */
export const startPath = '/oauth2/sign-in'

/** Where sign-in at identity providers begins and ends. */
export const externalSignInPaths = {
  start: `${startPath}/start`,
  callback: `${startPath}/callback/:provider`,
  ended: `${startPath}/ended`,
} as const

/** Where the OpenID provider `name` sends browsers back to: to be registered there, exactly. */
export function redirectUriOf(publicUrl: string, name: string): string {
  return `${publicUrl}${startPath}/callback/${encodeURIComponent(name.toLowerCase())}`
}

/** Begins a sign-in at the provider `name` that goes on to a path of this server. */
export function startOf(name: string, returnTo: string): string {
  return `${externalSignInPaths.start}?${new URLSearchParams({ provider: name, return_to: returnTo })}`
}

/** What comes after the end of a session that began at the provider `name`. */
export function endedOf(name: string, returnTo: string): string {
  return `${externalSignInPaths.ended}?${new URLSearchParams({ provider: name, return_to: returnTo })}`
}

/** Browsers keep it in a cookie, of which they take 4 KB. */
const returnToMax = 2_500

/** A path of this server, with its query, that somebody asks to be sent to; `/` for anything else (RFC 9700 §4.11). */
export function localPath(text: unknown, publicUrl: string): string {
  if (typeof text !== 'string' || !text.startsWith('/')) return '/'
  // As browsers read it: `//host`, `/\host` and what is between them, too.
  if (!URL.canParse(text, publicUrl)) return '/'
  const { origin, pathname, search, hash } = new URL(text, publicUrl)
  const path = `${pathname}${search}${hash}`
  const isHere = origin === new URL(publicUrl).origin && !path.startsWith('//')
  return isHere && path.length <= returnToMax ? path : '/'
}
