import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { AcceptanceTenant } from '../acceptance-tenant.ts'

const repository = join(import.meta.dirname, '../../../..')
const program = join(repository, 'node_modules/odata-mcp-proxy/dist/cli.js')

/** What a tool of a Model Context Protocol server says. */
export interface ToolResult {
  readonly isError?: boolean
  readonly content: readonly { readonly type: string; readonly text: string }[]
}

/**
 * The npm package `odata-mcp-proxy` as a program of its own, with the APIs of Cloud Integration that it brings along, and
 * an agent at its standard input and output.
 */
export class ODataMcpProxy {
  readonly #child: ChildProcess
  readonly #answers = new Map<number, (message: { result?: unknown; error?: unknown }) => void>()
  readonly #ended: Promise<void>
  #requests = 0

  constructor({ url, tokenPath, api, certificateFile }: AcceptanceTenant, folder: string) {
    const child = spawn(process.execPath, [program], {
      cwd: folder,
      env: {
        ...process.env,
        NODE_EXTRA_CA_CERTS: certificateFile,
        MCP_TRANSPORT: 'stdio',
        CPI_DESTINATION_BASE_URL: url,
        CPI_DESTINATION_TOKEN_URL: `${url}${tokenPath}`,
        CPI_DESTINATION_CLIENT_ID: api.id,
        CPI_DESTINATION_CLIENT_SECRET: api.secret,
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    this.#child = child
    this.#ended = new Promise(resolve => child.once('exit', () => resolve()))
    const error = { message: 'odata-mcp-proxy has ended' }
    void this.#ended.then(() => this.#answers.forEach(answer => void answer({ error })))
    createInterface({ input: child.stdout }).on('line', line => {
      // The SAP Cloud SDK inside it logs to the same output.
      if (!line.startsWith('{')) return
      const message = JSON.parse(line) as { id?: number; result?: unknown; error?: unknown }
      if (message.id === undefined) return
      this.#answers.get(message.id)?.(message)
      this.#answers.delete(message.id)
    })
  }

  async start(): Promise<void> {
    const clientInfo = { name: 'acceptance', version: '1.0.0' }
    await this.#request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo })
    this.#write({ method: 'notifications/initialized' })
  }

  async tools(): Promise<string[]> {
    const { tools } = (await this.#request('tools/list', {})) as { tools: { name: string }[] }
    return tools.map(({ name }) => name)
  }

  async call(name: string, parameters: object): Promise<ToolResult> {
    return (await this.#request('tools/call', { name, arguments: parameters })) as ToolResult
  }

  async close(): Promise<void> {
    this.#child.kill()
    await this.#ended
  }

  #request(method: string, params: object): Promise<unknown> {
    this.#requests += 1
    const id = this.#requests
    return new Promise((resolve, reject) => {
      this.#answers.set(id, ({ result, error }) => {
        if (error === undefined) resolve(result)
        else reject(new Error(`Expected a result of ${method}, found ${JSON.stringify(error)}`))
      })
      this.#write({ id, method, params })
    })
  }

  #write(message: object): void {
    this.#child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  }
}
