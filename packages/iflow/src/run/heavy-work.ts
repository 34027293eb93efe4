import type { Body } from './body.ts'

/**
 * The size of a body, in characters or bytes, above which work on it is left to `Ports.heavyWork`: it takes some 10 ms to
 * convert as much. For less, copying to another process costs more than it saves.
 */
export const heavyFrom: number = 256 * 1024

/** The same for work that only copies bytes in another form, which is some ten times as fast. */
export const heavyCopyFrom: number = 4 * 1024 * 1024

/** Whether work on the whole body would keep other messages waiting. */
export function isHeavy(body: Body, from: number = heavyFrom): boolean {
  return body.size > from
}
