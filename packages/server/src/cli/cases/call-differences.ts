import { asText } from '@sluice/iflow'
import type { ReceiverCall } from '@sluice/iflow/mocking'
import type { RawCall, RawMatcher } from './case-schema.ts'
import { differences } from './match.ts'

/** What is not as expected, and how. */
export interface Difference {
  /** `body`, `headers.Content-Type`, `calls.Shop[0].body`, …. */
  readonly what: string
  readonly lines: readonly string[]
}

/** Compares one call of a receiver with what is expected of it. */
export async function callDifferences(expected: RawCall, call: ReceiverCall, folder: string): Promise<Difference[]> {
  const { exchange, request } = call
  const found: Difference[] = []
  if ('body' in expected && expected.body !== undefined) {
    const body = request ? (request.body ?? null) : exchange.body.raw
    found.push(...(await differ('body', expected.body, body, folder, exchange.charset)))
  }
  if (expected.method !== undefined) {
    found.push(...(await differ('method', expected.method, request?.method ?? null, folder)))
  }
  if (expected.url !== undefined) found.push(...(await differ('url', expected.url, request?.url ?? null, folder)))
  const headers = request ? joined(request.headers) : exchange.headers
  found.push(...(await valueDifferences('headers', expected.headers, headers, folder)))
  found.push(...(await valueDifferences('properties', expected.properties, exchange.properties, folder)))
  return found
}

/** One difference, or none. */
export async function differ(
  what: string,
  expected: RawMatcher,
  found: string | Uint8Array | null,
  folder: string,
  charset?: string,
): Promise<Difference[]> {
  const lines = await differences(expected, found, folder, charset)
  return lines.length === 0 ? [] : [{ what, lines }]
}

/** Compares values by name, as text; one that is not there is nothing. */
export async function valueDifferences(
  what: string,
  expected: Readonly<Record<string, RawMatcher>> | undefined,
  found: { get(name: string): unknown },
  folder: string,
): Promise<Difference[]> {
  const all: Difference[] = []
  for (const [name, matcher] of Object.entries(expected ?? {})) {
    const value = found.get(name)
    all.push(...(await differ(`${what}.${name}`, matcher, value === undefined ? null : asText(value), folder)))
  }
  return all
}

/** Header lines by name, without regard to case. */
export function joined(headers: readonly (readonly [name: string, value: string])[]): { get(name: string): unknown } {
  const values = new Map<string, string>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const before = values.get(key)
    values.set(key, before === undefined ? value : `${before}, ${value}`)
  }
  return { get: name => values.get(name.toLowerCase()) }
}
