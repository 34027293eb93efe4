import { createRequire } from 'node:module'
import { isIP } from 'node:net'

const require = createRequire(import.meta.url)

/** Names for what nobody outside has (RFC 1122 §3.2.1.3, RFC 3927, RFC 1918, and their like of IPv6). */
const ranges: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal'])

/**
 * Reads IP addresses, ranges (`10.0.0.0/8`) and names of ranges, separated by commas; says of an address whether it is among them,
 * an IPv4 address also in its IPv6 form. Throws `TypeError` for anything else, and for a range of all addresses.
 */
export function readAddressList(text: string): (address: string) => boolean {
  const entries = text.split(',').map(entry => entry.trim())
  for (const entry of entries) {
    // Else `10` would be 0.0.0.10.
    if (!ranges.has(entry) && isIP(entry.split('/')[0] ?? '') === 0) throw new TypeError(`invalid address: ${entry}`)
  }
  const { compile } = require('@fastify/proxy-addr') as typeof import('@fastify/proxy-addr')
  const isListed = compile(entries)
  return address => isListed(address, 0)
}

/** Whether `readAddressList` takes a text. */
export function isAddressList(text: string): boolean {
  try {
    readAddressList(text)
    return true
  } catch {
    return false
  }
}
