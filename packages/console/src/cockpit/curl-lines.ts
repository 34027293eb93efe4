export interface CurlTarget {
  readonly tokenUrl: string
  readonly clientId: string
  /** Undefined where it is no longer known. */
  readonly secret: string | undefined
  readonly call: { readonly method: 'GET' | 'POST'; readonly url: string }
}

/** Lines for a POSIX shell: to get a token, and to get one and call with it. */
export function curlLines({ tokenUrl, clientId, secret, call }: CurlTarget): { token: string; call: string } {
  const credentials = quoted(`${clientId}:${secret ?? '<secret>'}`)
  const token = `curl -s -X POST -u ${credentials} ${quoted(`${tokenUrl}?grant_type=client_credentials`)}`
  const body = call.method === 'POST' ? ` -H 'Content-Type: application/json' -d '{}'` : ''
  return {
    token,
    call: [
      `TOKEN=$(${token} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
      `curl -i -X ${call.method} -H "Authorization: Bearer $TOKEN"${body} ${quoted(call.url)}`,
    ].join('\n'),
  }
}

/** One word for the shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
