import { type Call, tokenUrl } from './call.ts'

/** The call for a shell: curl, with the secret in variable `CLIENT_SECRET`. */
export function curlSnippet(call: Call): string {
  const { origin, clientId, method, path, headers, body } = call
  const hasType = headers.some(({ name }) => name.toLowerCase() === 'content-type')
  const lines = [
    ...(method === 'HEAD' ? ['curl --head'] : [`curl -i -X ${method}`]),
    quoted(origin + path),
    '-H "Authorization: Bearer $TOKEN"',
    // An empty value would have curl leave the header out.
    ...headers.map(({ name, value }) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`),
    // Or curl would say that it is a form.
    ...(body && !hasType ? ["-H 'Content-Type:'"] : []),
    ...(body
      ? ['text' in body ? `--data-raw ${quoted(body.text)}` : `--data-binary ${quoted(`@${body.fileName}`)}`]
      : []),
  ]
  return `# CLIENT_SECRET is the secret of the client.
TOKEN=$(curl -fsS -X POST -u ${quoted(`${clientId}:`)}"$CLIENT_SECRET" \\
  ${quoted(tokenUrl(call))} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
${lines.map(line => line.replace(/^curl/, 'curl -g')).join(' \\\n  ')}
`
}

/** A text as one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
