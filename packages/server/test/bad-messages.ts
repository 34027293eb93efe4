import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import {
  type ChannelSketch,
  type FlowSketch,
  flowText,
  type NodeSketch,
  type ProcessSketch,
} from '@sluice/iflow/testing'
import { type LoopFigures, loopFigures } from '../src/testing/index.ts'
import { artifactZip } from './relay-flow.ts'
import { type ServerProcess, startProcess } from './server-process.ts'
import { ok, Tenant } from './tenant.ts'

/** A flow that gets bad messages, and what must become of them. */
export interface BadMessages {
  readonly name: string
  /** On the way from the start to the end; the last one is named `Bad` and is where the message fails, unless `at` says otherwise. */
  readonly steps: readonly NodeSketch[]
  readonly at?: string
  readonly channel?: ChannelSketch['properties']
  /** XPath condition of the way out of the last step. */
  readonly condition?: string
  /** Local processes. */
  readonly locals?: readonly ProcessSketch[]
  readonly resources?: Readonly<Record<string, string>>
  readonly inputs: readonly BadInput[]
  /** The exception subprocess leaves no mark: limits of the run pass it by, and that of a part marks the part only. */
  readonly isUnmarked?: true
  /** Why it cannot be tried on this machine. */
  readonly skip?: string | false
  /** Another flow, which this one calls. */
  readonly called?: FlowSketch
}

/** A bad message. */
export interface BadInput {
  readonly name: string
  readonly body?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /** In the log's error information. */
  readonly cause: RegExp
}

/**
 * CPU time that one turn of the server's event loop may take, in milliseconds. The budget is 50; code that runs for the first
 * time is compiled in the same turn, and slow machines take some times as long as the 20 that were measured. CPU time, not wall time: how busy the machine
 * is with other things does not count. Work that is done in the wrong process takes much more.
 */
const turnCpuMsMax = 250

/** How the server is started. */
export interface BadMessagesOptions {
  readonly env?: Readonly<Record<string, string>>
}

/**
 * One test for each flow, on one server in a process of its own: every message is FAILED, its log names the step and the cause,
 * and its exception subprocess has run. All the while another flow is called again and again; how long that took at most is
 * printed, beside how long the event loop was held.
 */
export function describeBadMessages(
  title: string,
  cases: () => readonly BadMessages[] | Promise<readonly BadMessages[]>,
  { env = {} }: BadMessagesOptions = {},
): void {
  describe(title, async () => {
    const flows = await cases()
    const data = await mkdtemp(join(tmpdir(), 'sluice-bad-messages-'))
    let server: ServerProcess
    let tenant: Tenant
    let token: string
    before(async () => {
      server = await startProcess(data, { ...env, SLUICE_LOG_LEVEL: 'error' })
      tenant = new Tenant(server.described)
      await tenant.createClient({ id: 'hello' })
      await tenant.assign('hello')
      token = await tenant.token('hello')
      await deploy(tenant, 'ping', { name: 'ping', steps: [], inputs: [] })
    })
    after(async () => {
      server.process.kill('SIGKILL')
      await rm(data, { recursive: true, force: true })
    })

    for (const [index, flow] of flows.entries()) {
      test(flow.name, { skip: flow.skip ?? false }, async t => {
        const id = `bad${index}`
        await deploy(tenant, id, flow)
        await loopFigures(server.process)
        const delays: string[] = []
        for (const { name, headers = {}, body = 'x', cause } of flow.inputs) {
          const pings = startPings(tenant, token)
          const answer = await tenant.call(`/${id}`, token, { body: body as BodyInit, headers })
          const longestMs = await pings.stop()
          const held = await loopFigures(server.process)
          delays.push(describeDelay(name, longestMs, held))
          await t.test(name, async () => {
            assert.equal(answer.status, 500, answer.text)
            const guid = answer.headers.get('sap_messageprocessinglogid') ?? ''
            await assertFailed(tenant, guid, { ...flow, cause })
            assert.ok(held.cpuMs < turnCpuMsMax, describeDelay(name, longestMs, held))
          })
        }
        t.diagnostic(`slowest of the other messages: ${delays.join(', ')}`)
      })
    }
  })
}

function describeDelay(name: string, longestMs: number, { cpuMs, delayMs }: LoopFigures): string {
  const [message, cpu, late] = [longestMs, cpuMs, delayMs].map(Math.round)
  return `${name} ${message} ms (one turn ${cpu} ms CPU, loop ${late} ms late)`
}

async function assertFailed(
  tenant: Tenant,
  guid: string,
  { at = 'Bad', cause, isUnmarked }: BadMessages & Pick<BadInput, 'cause'>,
): Promise<void> {
  const log = await tenant.administer('GET', `/api/v1/MessageProcessingLogs('${guid}')`)
  const { d } = JSON.parse(ok(log).text) as { d: { Status: string; CustomStatus: string } }
  const error = await tenant.administer('GET', `/api/v1/MessageProcessingLogs('${guid}')/ErrorInformation/$value`)
  assert.equal(d.Status, 'FAILED')
  assert.match(ok(error).text, cause)
  assert.match(error.text, new RegExp(`\\(step ${at}\\)`))
  assert.equal(d.CustomStatus, isUnmarked ? 'FAILED' : 'handled', 'whether the exception subprocess ran')
}

/** Calls a flow that does nothing, again and again. */
function startPings(tenant: Tenant, token: string) {
  let isOver = false
  let longestMs = 0
  const running = (async () => {
    while (!isOver) {
      const startedAt = performance.now()
      ok(await tenant.call('/ping', token, { body: 'x' }))
      longestMs = Math.max(longestMs, performance.now() - startedAt)
    }
  })()
  return {
    async stop() {
      isOver = true
      await running
      return longestMs
    },
  }
}

async function deploy(tenant: Tenant, id: string, flow: BadMessages): Promise<void> {
  if (flow.called) await deploySketch(tenant, `${id}-called`, flow.called)
  const { steps, channel, condition, locals = [], resources } = flow
  const path = ['Start', ...steps.map(step => step.id), 'End']
  const last = steps.at(-1)
  const sketch = {
    processes: [
      {
        id: 'Main',
        nodes: [{ id: 'Start', type: 'MessageStartEvent' }, ...steps, { id: 'End', type: 'MessageEndEvent' }],
        flows: path.slice(1).map((to, index) => {
          const isConditional = condition !== undefined && to === 'End'
          return { from: path[index] ?? '', to, ...(isConditional && { condition, expressionType: 'XML' as const }) }
        }),
        onFailure: handler,
      },
      ...locals,
    ],
    channels: [
      {
        step: 'Start',
        direction: 'Sender' as const,
        properties: { ComponentType: 'HTTPS', urlPath: `/${id}`, xsrfProtection: '0', maximumBodySize: '400' },
      },
      ...(channel && last ? [{ step: last.id, direction: 'Receiver' as const, properties: channel }] : []),
    ],
  }
  await deploySketch(tenant, id, sketch, resources)
}

async function deploySketch(
  tenant: Tenant,
  id: string,
  sketch: FlowSketch,
  resources?: BadMessages['resources'],
): Promise<void> {
  await tenant.deploy(await artifactZip(id, flowText(sketch), resources), id)
  for (;;) {
    const { text } = await tenant.administer('GET', `/api/v1/IntegrationRuntimeArtifacts('${id}')`)
    if (text.includes('"STARTED"')) return
    const why = `/api/v1/IntegrationRuntimeArtifacts('${id}')/ErrorInformation/$value`
    if (text.includes('"ERROR"')) assert.fail((await tenant.administer('GET', why)).text)
  }
}

const customStatus =
  "<row><cell id='Action'>Create</cell><cell id='Type'>constant</cell><cell id='Value'>handled</cell><cell id='Default'></cell><cell id='Name'>SAP_MessageProcessingLogCustomStatus</cell><cell id='Datatype'></cell></row>"

/** Leaves a mark in the log and lets the message fail. */
const handler = {
  id: 'Handler',
  nodes: [
    { id: 'Caught', type: 'ErrorStartEvent' },
    { id: 'Mark', type: 'Enricher', properties: { propertyTable: customStatus } },
    { id: 'Raise', type: 'ErrorEndEvent' },
  ],
  flows: [
    { from: 'Caught', to: 'Mark' },
    { from: 'Mark', to: 'Raise' },
  ],
}
