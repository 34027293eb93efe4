import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type FlowSketch, flowText, type NodeSketch } from '@sluice/iflow/testing'
import type { TestServer } from '@sluice/server/testing'
import { Tenant } from '../tenant.ts'
import { drawn } from './drawn-flow.ts'

/** What a flow answered, and the ID of its message. */
export interface Answer {
  readonly status: number
  readonly text: string
  readonly guid: string
}

/** Deploys flows through the API and calls them, as a client that may. */
export class Flows {
  readonly tenant: Tenant
  readonly #url: string
  readonly #token: string

  private constructor(tenant: Tenant, url: string, token: string) {
    this.tenant = tenant
    this.#url = url
    this.#token = token
  }

  static async start({ url, admin }: TestServer): Promise<Flows> {
    const tenant = new Tenant({ url, ...admin })
    await tenant.createClient({ id: 'caller', secret: 'secret of caller', subscription: 'deviflmap' })
    await tenant.allowMessages('caller')
    return new Flows(tenant, url, await tenant.issueToken('caller', 'secret of caller'))
  }

  /** Deploys the artifact in a folder. */
  async deployFolder(id: string, folder: string): Promise<void> {
    await this.tenant.importFlow(id, folder)
    await this.tenant.deploy(id)
  }

  /** Imports and deploys a flow. */
  async deploy(id: string, sketch: FlowSketch, files: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.import(id, sketch, files)
    await this.tenant.deploy(id)
  }

  /** Imports a flow, sketched or as it stands, with files, by their path below `src/main/resources`. */
  async import(
    id: string,
    flow: FlowSketch | string,
    files: Readonly<Record<string, string>> = {},
    name = id,
  ): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-flow-'))
    const manifest = [
      'Manifest-Version: 1.0',
      `Bundle-SymbolicName: ${id}`,
      `Bundle-Name: ${name}`,
      'Bundle-Version: 1.0.0',
      'SAP-BundleType: IntegrationFlow',
      '',
    ].join('\n')
    const all = {
      'META-INF/MANIFEST.MF': manifest,
      [`src/main/resources/scenarioflows/integrationflow/${id}.iflw`]:
        typeof flow === 'string' ? flow : drawn(flowText(flow)),
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`src/main/resources/${path}`, text])),
    }
    for (const [path, text] of Object.entries(all)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    await this.tenant.importFlow(id, folder)
    await rm(folder, { recursive: true })
  }

  async call(address: string, body = ''): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.#token}` }
    const response = await fetch(`${this.#url}/http/${address}`, { method: 'POST', headers, body })
    const guid = response.headers.get('sap_messageprocessinglogid') ?? ''
    return { status: response.status, text: await response.text(), guid }
  }
}

/** A flow of steps in a row behind a sender channel. */
export function rowOf(sender: Readonly<Record<string, string>>, steps: readonly NodeSketch[]): FlowSketch {
  const nodes = [{ id: 'Start', type: 'MessageStartEvent' }, ...steps, { id: 'End', type: 'MessageEndEvent' }]
  return {
    processes: [
      {
        id: 'Main',
        nodes,
        flows: nodes.slice(1).map(({ id }, index) => ({ from: nodes[index]?.id ?? '', to: id })),
      },
    ],
    channels: [{ step: 'Start', direction: 'Sender', properties: sender }],
  }
}

/** An HTTPS sender at an address. */
export function https(urlPath: string): Readonly<Record<string, string>> {
  return { ComponentType: 'HTTPS', urlPath, xsrfProtection: '0' }
}
