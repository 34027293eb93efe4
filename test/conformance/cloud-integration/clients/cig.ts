import type { AcceptanceTenant } from '../acceptance-tenant.ts'
import { type Answer, sendBytes } from '../wire.ts'
import { basic, goHead } from './go.ts'

/** A parameter as cig reads it from a file. */
export interface Configuration {
  readonly key: string
  readonly value: string
  readonly dataType: string
}

/** cig (`tobiaszgithub/cig`, `client/client.go`, Go), by user and password: one CSRF token for a command. */
export class Cig {
  readonly #tenant: AcceptanceTenant

  constructor(tenant: AcceptanceTenant) {
    this.#tenant = tenant
  }

  get(path: string): Promise<Answer> {
    return this.#send('GET', path, { Accept: 'application/json' })
  }

  /** `UpdateFlowConfigsBatch`: a header without a blank, parts without a length, nothing behind the last boundary. */
  async configureInBatch(
    flow: string,
    configurations: readonly Configuration[],
    lineBreak: '\r\n' | '\n' = '\r\n',
  ): Promise<Answer> {
    const parts = configurations.map(({ key, value, dataType }) => [
      '--changeset_abc',
      'Content-Type: application/http',
      'Content-Transfer-Encoding:binary',
      '',
      `PUT IntegrationDesigntimeArtifacts(Id='${flow}',Version='active')/$links/Configurations('${key}') HTTP/1.1`,
      'Accept: application/json',
      'Content-Type: application/json',
      '',
      '{',
      `"ParameterValue": "${value}",`,
      `"DataType": "${dataType}"`,
      '}',
      '',
    ])
    const lines = [
      '--batch_request',
      'Content-Type: multipart/mixed; boundary=changeset_abc',
      '',
      ...parts.flat(),
      '--changeset_abc--',
      '',
      '--batch_request--',
    ]
    const token = await this.#send('GET', '/api/v1/', { 'X-Csrf-Token': 'Fetch' })
    const headers = {
      'Content-Type': 'multipart/mixed; boundary=batch_request',
      'X-Csrf-Token': token.headers.get('x-csrf-token') ?? '',
      Cookie: token.cookies.join('; '),
    }
    return this.#send('POST', '/api/v1/$batch', headers, lines.join(lineBreak))
  }

  #send(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Answer> {
    const { listener, user, host } = this.#tenant
    const all = { ...headers, Authorization: basic(user.name, user.password) }
    const head = goHead(host, { method, path, headers: all, ...(body !== undefined && { body }) })
    return sendBytes(listener, head, body)
  }
}
