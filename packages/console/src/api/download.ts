import { call } from './http.ts'
import { root } from './odata.ts'

/** Of a content, what was read. */
export interface ContentStart {
  readonly text: string
  /** Whether there is more. */
  readonly isCut: boolean
}

/** Has the browser save the content at a path of the OData API. `name` is for where the server suggests none. */
export async function download(path: string, name: string): Promise<void> {
  const response = await call('GET', root + path, { headers: { accept: '*/*' } })
  saveFile(await response.blob(), fileNameOf(response.headers.get('content-disposition')) ?? name)
}

/** Has the browser save a content as a file. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** The file name in a `Content-Disposition` header (RFC 6266). */
export function fileNameOf(disposition: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  return encoded === undefined ? /filename="?([^";]+)/i.exec(disposition ?? '')?.[1] : decodeURIComponent(encoded)
}

/** Reads a content as UTF-8 text, no more than `bytesMax` of it. */
export async function readStart(path: string, bytesMax: number, signal?: AbortSignal): Promise<ContentStart> {
  const { body } = await call('GET', root + path, { headers: { accept: '*/*' }, ...(signal && { signal }) })
  if (!body) return { text: '', isCut: false }
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  for (let left = bytesMax; ; ) {
    const { done, value } = await reader.read()
    if (done) return { text: text + decoder.decode(), isCut: false }
    text += decoder.decode(value.subarray(0, left), { stream: true })
    left -= value.length
    if (left >= 0) continue
    await reader.cancel()
    return { text, isCut: true }
  }
}
