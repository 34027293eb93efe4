import { type Call, tokenUrl } from './call.ts'

/** The call for Node.js (fetch), with the secret in environment variable `CLIENT_SECRET`. */
export function fetchSnippet(call: Call): string {
  const { origin, clientId, method, path, headers, body } = call
  const readsFile = body !== undefined && 'fileName' in body
  return `${readsFile ? "import { readFile } from 'node:fs/promises'\n\n" : ''}// CLIENT_SECRET is the secret of the client.
const credentials = Buffer.from(${literal(`${clientId}:`)} + process.env.CLIENT_SECRET).toString('base64')
const granted = await fetch(${literal(tokenUrl(call))}, {
  method: 'POST',
  headers: { Authorization: \`Basic \${credentials}\` },
})
if (!granted.ok) throw new Error(await granted.text())
const { access_token: token } = await granted.json()

const response = await fetch(${literal(origin + path)}, {
  method: ${literal(method)},
  headers: [
    ['Authorization', \`Bearer \${token}\`],
${headers.map(({ name, value }) => `    [${literal(name)}, ${literal(value)}],\n`).join('')}  ],${bodyLine(body)}
})
console.log(response.status, await response.text())
`
}

function bodyLine(body: Call['body']): string {
  if (!body) return ''
  return 'text' in body ? `\n  body: ${literal(body.text)},` : `\n  body: await readFile(${literal(body.fileName)}),`
}

function literal(text: string): string {
  return JSON.stringify(text)
}
