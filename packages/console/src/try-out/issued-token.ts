/** What the token endpoint answers. */
export interface TokenAnswer {
  readonly access_token: string
  /** In seconds. */
  readonly expires_in: number
}

/** A token as this page knows it. */
export interface IssuedToken {
  readonly value: string
  readonly clientId: string
  /** Of a JWT: what it says. Opaque tokens say nothing. */
  readonly claims: Readonly<Record<string, unknown>> | undefined
  /** By the clock of this computer, in milliseconds. */
  readonly expiresAt: number
}

/** `now`: when it was answered, in milliseconds by the clock of this computer. */
export function issuedToken(answer: TokenAnswer, clientId: string, now: number): IssuedToken {
  return {
    value: answer.access_token,
    clientId,
    claims: claimsOf(answer.access_token),
    expiresAt: now + answer.expires_in * 1_000,
  }
}

/** The claims of a JWT (RFC 7519), unverified; undefined of other tokens. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const [header, payload, signature] = token.split('.')
  if (!header || !payload || signature === undefined) return undefined
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0))
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof claims === 'object' && claims !== null ? { ...claims } : undefined
  } catch {
    return undefined
  }
}

/** What is left as `h:mm:ss` or `m:ss`; never below zero. */
export function remainingText(expiresAt: number, now: number): string {
  const seconds = Math.max(0, Math.ceil((expiresAt - now) / 1_000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
