import { createPrivateKey } from 'node:crypto'
import { request } from 'node:https'
import { generateSelfSigned } from '../keystore/self-signed.ts'

/** A private key and its certificate, in PEM. */
export interface KeyAndCertificate {
  readonly key: string
  readonly cert: string
}

/** A certificate that nobody vouches for, valid from one time to another. */
export function clientCertificate(name: string, validFrom: number, validTo: number): KeyAndCertificate {
  const subject = [['CN', name]] as const
  const { privateKey, certificates } = generateSelfSigned({
    key: { type: 'EC', curve: 'P-256' },
    hash: 'sha256',
    subject,
    validFrom,
    validTo,
  })
  const base64 = Buffer.from(certificates[0] ?? []).toString('base64')
  const cert = `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
  const key = createPrivateKey({ key: Buffer.from(privateKey), type: 'pkcs8', format: 'der' })
  return { key: key.export({ type: 'pkcs8', format: 'pem' }).toString(), cert }
}

/** As `fetch`, over a connection of its own with a client certificate, or with none; any server certificate will do. */
export function fetchWith(certificate?: KeyAndCertificate) {
  return (
    url: string | URL,
    init: { method?: string; headers?: HeadersInit; body?: unknown } = {},
  ): Promise<Response> =>
    new Promise((resolve, reject) => {
      const headers = Object.fromEntries(new Headers(init.headers ?? {}))
      const options = { ...certificate, method: init.method ?? 'GET', headers, rejectUnauthorized: false, agent: false }
      const { body } = init
      request(url, options, answer => {
        const chunks: Buffer[] = []
        answer
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            const status = answer.statusCode ?? 0
            const content = status === 204 || status === 304 ? null : Buffer.concat(chunks)
            const all = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
              values.map(value => [name, value] as [string, string]),
            )
            resolve(new Response(content, { status, headers: all }))
          })
      })
        .on('error', reject)
        .end(body === undefined || body === null ? undefined : body instanceof Uint8Array ? body : String(body))
    })
}
