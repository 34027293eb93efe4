import { withProperties } from '@sluice/iflow'
import { writeArchive } from '../../runtime/archive.ts'
import type { Media } from './definition.ts'

type Values = Iterable<readonly [name: string, value: string | number | boolean]>

/** A message as the monitor's downloads have it. */
interface StoredMessage {
  readonly body?: Uint8Array
  readonly headers: Values
  readonly properties?: Values
  readonly attachments?: readonly { readonly name: string; readonly body: Uint8Array }[]
}

/** A zip of `messageFiles`. */
export async function messageArchive(fileName: string, message: StoredMessage): Promise<Media> {
  const body = await writeArchive(messageFiles(message))
  return { contentType: 'application/zip', body, fileName: `${safeName(fileName)}.zip` }
}

/**
 * Files `body`, `headers.prop` and `properties.prop` (where there are any) and `attachments/`, named as in "Managing Messages
 * Stored in Queues" (6733197).
 */
export function messageFiles({
  body,
  headers,
  properties = [],
  attachments = [],
}: StoredMessage): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  if (body) files.set('body', body)
  for (const [name, values] of [
    ['headers.prop', headers],
    ['properties.prop', properties],
  ] as const) {
    const texts = new Map([...values].map(([key, value]) => [key, String(value)]))
    if (texts.size > 0) files.set(name, withProperties(new Uint8Array(0), texts))
  }
  for (const [index, { name, body: content }] of attachments.entries())
    files.set(`attachments/attachment_${index + 1}_${safeName(name)}.txt`, content)
  return files
}

/** Names come from messages: nothing in them may lead out of the archive. */
function safeName(name: string): string {
  return name.replace(/[^\w.-]/g, '_').slice(0, 100)
}
