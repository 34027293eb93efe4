import type { ReceiverCall } from '@sluice/iflow/mocking'
import type { RawCall } from './case-schema.ts'
import { type Difference, differ, valueDifferences } from './difference.ts'

/** Compares one call of a receiver with what is expected of it. */
export async function callDifferences(expected: RawCall, call: ReceiverCall, folder: string): Promise<Difference[]> {
  const { exchange, request } = call
  const found: Difference[] = []
  if ('body' in expected && expected.body !== undefined) {
    const body = request ? (request.body ?? null) : exchange.body.raw
    found.push(...(await differ(['body'], expected.body, body, folder, exchange.charset)))
  }
  if (expected.method !== undefined) {
    found.push(...(await differ(['method'], expected.method, request?.method ?? null, folder)))
  }
  if (expected.url !== undefined) found.push(...(await differ(['url'], expected.url, request?.url ?? null, folder)))
  const headers = request ? joined(request.headers) : exchange.headers
  found.push(...(await valueDifferences(['headers'], expected.headers, headers, folder)))
  found.push(...(await valueDifferences(['properties'], expected.properties, exchange.properties, folder)))
  return found
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
