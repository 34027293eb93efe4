import { createHash } from 'node:crypto'

/** 32 hexadecimal digits that follow from what they are for: the form of identifiers in exported packages and value mappings. */
export function contentId(...names: readonly string[]): string {
  return createHash('sha256').update(names.join('\0')).digest('hex').slice(0, 32)
}
