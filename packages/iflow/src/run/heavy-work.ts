import type { Body } from './body.ts'

/**
 * The size of a body, in characters or bytes, above which work on it is left to `Ports.heavyWork`: it takes some 10 ms to
 * convert as much. For less, copying to another process costs more than it saves.
 */
export const heavyFrom: number = 256 * 1024

/** Whether work on the whole body would keep other messages waiting. */
export function isHeavy(body: Body): boolean {
  return (body.raw?.length ?? 0) > heavyFrom
}
