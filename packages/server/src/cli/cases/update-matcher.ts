import type { RawMatcher } from './case-schema.ts'
import { differences, type Found } from './match.ts'
import { parseJson } from './pretty-json.ts'
import { contentValue } from './recorded.ts'

/** Keys of a matcher that say the whole content, most telling first. */
const whole = ['xml', 'json', 'text', 'exact', 'base64', 'file'] as const

/**
 * The matcher with what was found in place of what does not hold; what holds stays, such as a part or a regular expression. A
 * number stays one. `file` stays: its content is the caller's to write.
 */
export async function updatedMatcher(
  old: RawMatcher,
  found: Found,
  folder: string,
  charset: string | undefined,
): Promise<unknown> {
  if (typeof old === 'number' && /^-?\d+$/.test(String(found))) return Number(found)
  if (found === null || old === null || typeof old !== 'object') return contentValue(found)
  const holds = async (part: RawMatcher) => (await differences(part, found, folder, charset)).length === 0
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(old)) {
    if (key === 'file' || (await holds({ [key]: value }))) kept[key] = value
    else if (key === 'contains') {
      const parts: string[] = []
      for (const part of [value].flat() as string[]) if (await holds({ contains: part })) parts.push(part)
      if (parts.length > 0) kept.contains = parts
    } else if (key !== 'matches') Object.assign(kept, as(key, found))
  }
  if (whole.some(key => key in kept)) return kept
  const value = contentValue(found)
  if (Object.keys(kept).length === 0) return value
  return { ...kept, ...(typeof value === 'string' ? { text: value } : value) }
}

/** Written as before, where it can be. */
function as(key: string, found: string | Uint8Array): object {
  if (key === 'base64') return { base64: Buffer.from(found).toString('base64') }
  const value = contentValue(found)
  if (typeof value !== 'string') return value ?? {}
  if (key === 'json') {
    const parsed = parseJson(value)
    return parsed ? { json: parsed.value } : { text: value }
  }
  if (key === 'xml') return value.trimStart().startsWith('<') ? { xml: value } : { text: value }
  return { [key]: value }
}
