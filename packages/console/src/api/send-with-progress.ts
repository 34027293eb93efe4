/** As `fetch`, and tells how much of the body has been sent, from 0 to 1: `fetch` itself cannot. */
export function sendWithProgress(
  path: string,
  { method = 'GET', headers, body, signal }: RequestInit,
  onProgress: (share: number) => void,
): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>()
  const request = new XMLHttpRequest()
  request.open(method, path)
  request.responseType = 'blob'
  new Headers(headers).forEach((value, name) => {
    request.setRequestHeader(name, value)
  })
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total))
  request.addEventListener('load', () => resolve(responseOf(request)))
  request.addEventListener('error', () => reject(new TypeError('The request could not be sent.')))
  request.addEventListener('abort', () => reject(signal?.reason))
  signal?.addEventListener('abort', () => request.abort(), { once: true })
  request.send((body ?? null) as XMLHttpRequestBodyInit | null)
  return promise
}

function responseOf(request: XMLHttpRequest): Response {
  const lines = request
    .getAllResponseHeaders()
    .trim()
    .split(/[\r\n]+/)
  const headers = lines.filter(Boolean).map(line => {
    const at = line.indexOf(':')
    return [line.slice(0, at), line.slice(at + 1).trim()] as [string, string]
  })
  const hasBody = request.status !== 204 && request.status !== 304
  const body: Blob | null = hasBody ? request.response : null
  return new Response(body, { status: request.status, statusText: request.statusText, headers })
}
