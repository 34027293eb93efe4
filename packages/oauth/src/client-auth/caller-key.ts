/** Whose requests are counted together. */
export interface CallerKey {
  /** The ID that was presented, whether or not it exists. */
  readonly id: string
  readonly address: string
}

/** Most callers that are remembered at a time; the one that was quiet longest is forgotten first. */
export const callersMax = 10_000

/** What a caller is remembered by, of bounded length. */
export function callerName({ id, address }: CallerKey): string {
  return `${networkOf(address)} ${id.slice(0, 128)}`
}

/**
 * What callers are counted by: an IPv4 address, also one in its IPv6 form, or the first 64 bits of an IPv6 address, of which
 * whoever has one has all the others (RFC 6177 §2). Takes addresses in their canonical form (RFC 5952).
 */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [first = [], last = []] = address.split('::').map(groups => (groups === '' ? [] : groups.split(':')))
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0')
  return `${[...first, ...zeros, ...last].slice(0, 4).join(':')}::/64`
}

/** How many requests may be made to wait; beyond that they are answered with 429 at once. */
export const waitingLimits = Object.freeze({
  /** Of one caller. */
  caller: 256,
  /** Of all callers. */
  total: 4096,
})
