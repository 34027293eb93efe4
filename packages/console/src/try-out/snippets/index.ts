import { abapSnippet } from './abap.ts'
import type { Call } from './call.ts'
import { curlSnippet } from './curl.ts'
import { fetchSnippet } from './fetch.ts'
import { javaSnippet } from './java.ts'

/** Code that makes the same call, by the name people know it under. */
export const snippets = {
  curl: curlSnippet,
  fetch: fetchSnippet,
  Java: javaSnippet,
  ABAP: abapSnippet,
} as const satisfies Readonly<Record<string, (call: Call) => string>>

export type SnippetName = keyof typeof snippets
