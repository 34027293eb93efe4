import type { OAuthSettings } from '../context.ts'
import type { Client } from '../ports.ts'

/** The units in which the original lets administrators state a lifetime. */
export type LifetimeUnit = 'minutes' | 'hours' | 'days'

/** A lifetime as administrators state it: a positive integer and its unit. */
export interface Lifetime {
  readonly value: number
  readonly unit: LifetimeUnit
}

/** 180 days, the longest lifetime of a token (documented behaviour). */
export const tokenLifetimeSecondsMax = 15_552_000

/** 12 hours, the longest lifetime of a JWT whatever its client's is (documented behaviour). */
export const jwtLifetimeSecondsMax = 43_200

/** 25 minutes, the fixed lifetime of platform clients' tokens (documented behaviour). */
export const platformTokenLifetimeSeconds = 1500

/** 10 minutes, the longest lifetime of an authorization code whatever its client's tokens have (RFC 6749 §4.1.2). */
export const authorizationCodeSeconds = 600

const secondsPerUnit = { minutes: 60, hours: 3600, days: 86_400 } as const

/** Seconds; undefined when the lifetime is not above zero, not an integer or above 180 days. */
export function lifetimeSeconds({ value, unit }: Lifetime): number | undefined {
  const seconds = value * secondsPerUnit[unit]
  return Number.isInteger(value) && value > 0 && seconds <= tokenLifetimeSecondsMax ? seconds : undefined
}

/** A lifetime in its largest whole unit; an hour is 60 minutes, as the original's form proposes it. */
export function describeLifetime(seconds: number): Lifetime {
  if (seconds % secondsPerUnit.days === 0) return { value: seconds / secondsPerUnit.days, unit: 'days' }
  if (seconds % secondsPerUnit.hours === 0 && seconds > secondsPerUnit.hours) {
    return { value: seconds / secondsPerUnit.hours, unit: 'hours' }
  }
  return { value: seconds / secondsPerUnit.minutes, unit: 'minutes' }
}

type RefreshLimits = Pick<OAuthSettings, 'authorizationDaysMax'>

/**
 * When a refresh token expires that was issued at `issuedAt` for what a user allowed at `allowedAt`, all in milliseconds since
 * 1970: after the lifetime that its client has, and in the end whatever was refreshed (OWASP ASVS 5.0, 10.4.8).
 */
export function refreshTokenEnd(
  { issuedAt, allowedAt }: { readonly issuedAt: number; readonly allowedAt: number },
  { refreshTokenLifetimeSeconds }: Client,
  { authorizationDaysMax }: RefreshLimits,
): number {
  return Math.min(
    issuedAt + refreshTokenLifetimeSeconds * 1000,
    allowedAt + authorizationDaysMax * secondsPerUnit.days * 1000,
  )
}

/** When the last token of an authorization expires; `usedAt` is when tokens were issued for it the last time. */
export function authorizationEnd(
  { issuedAt, usedAt }: { readonly issuedAt: number; readonly usedAt: number },
  client: Client,
  limits: RefreshLimits,
): number {
  const refreshed = refreshTokenEnd({ issuedAt: usedAt, allowedAt: issuedAt }, client, limits)
  return Math.max(usedAt + client.tokenLifetimeSeconds * 1000, refreshed)
}
