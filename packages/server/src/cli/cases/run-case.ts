import {
  Failure,
  type HttpResponse,
  type OutgoingMail,
  type OutgoingMessage,
  type Ports,
  type RunResult,
} from '@sluice/iflow'
import { MockedReceivers, type ReceiverCall, type ReceiverScript, type ScriptedAnswer } from '@sluice/iflow/mocking'
import { type LocalDeployment, type LocalFlow, prepareDeployment } from '../../local/deployment.ts'
import { LocalTenant, type LocalTraceEvent } from '../../local/local-tenant.ts'
import { describeDiagnostic } from '../../runtime/build-flow.ts'
import { openMemoryStore } from '../../store/open.ts'
import type { Store } from '../../store/store.ts'
import type { LocalHosts } from '../local/hosts.ts'
import { callDifferences } from './call-differences.ts'
import type { RawAnswer, RawSend } from './case-schema.ts'
import { readContent } from './content.ts'
import type { Deployments } from './deployments.ts'
import { elementIdOf } from './element-names.ts'
import { findEntrance, type GivenMessage } from './entrance.ts'
import { credentialsOf, fillStore, valueMappingsOf } from './fill-tenant.ts'
import type { TestCase } from './read-case-file.ts'
import { SeededRandom, StandingClock } from './test-world.ts'
import { WrongCase } from './wrong-case.ts'

/** What a message did. The store is open as long as it is looked at. */
export interface CaseRun {
  readonly flow: LocalFlow
  readonly result: RunResult
  readonly reply: HttpResponse | undefined
  readonly events: readonly LocalTraceEvent[]
  readonly calls: readonly ReceiverCall[]
  readonly queued: readonly OutgoingMessage[]
  readonly mails: readonly OutgoingMail[]
  readonly store: Store
  readonly now: number
}

/** The flow cannot run, or did not end. */
export interface NoRun {
  readonly reasons: readonly string[]
}

/** What cases share. */
export interface CaseHost {
  readonly hosts: LocalHosts
  readonly deployments: Deployments
}

/** 2025-03-14T15:09:26.535Z, as in tests of the engine. */
const defaultInstant = 1_741_964_966_535
const defaultTimeoutSeconds = 60

/**
 * Runs the message of a case and lets `look` see what it did. Throws `CommandError` for artifacts that are not there,
 * `MissingContent` and `WrongCase`.
 */
export async function runCase<T>(
  test: TestCase,
  host: CaseHost,
  look: (run: CaseRun | NoRun) => Promise<T>,
): Promise<T> {
  const { raw, artifacts } = test
  const receivers = await receiversOf(test)
  const mocked = Object.keys(raw.receivers ?? {})
  const deployment = await host.deployments.get({ artifacts, parameters: raw.parameters ?? {}, mocked })
  if ('problems' in deployment) {
    return look({
      reasons: deployment.problems.map(({ source, diagnostic }) => `${source}: ${describeDiagnostic(diagnostic)}`),
    })
  }
  const store = await openMemoryStore()
  try {
    return await look(await runIn(store, { test, host, deployment, receivers }))
  } finally {
    await store.close()
  }
}

interface Parts {
  readonly test: TestCase
  readonly host: CaseHost
  readonly deployment: LocalDeployment
  readonly receivers: MockedReceivers
}

async function runIn(store: Store, { test, host, deployment, receivers }: Parts): Promise<CaseRun | NoRun> {
  const { raw, folder } = test
  const [flow] = deployment.flows
  if (!flow) throw new WrongCase('Expected an integration flow, found none', ['flow'])
  const clock = new StandingClock(instantOf(raw.clock))
  host.deployments.connect(clock, receivers)
  const random = new SeededRandom(`${raw.seed ?? 1}`)
  const events: LocalTraceEvent[] = []
  const queued: OutgoingMessage[] = []
  const mails: OutgoingMail[] = []
  const tenant = new LocalTenant({
    hosts: host.hosts,
    deployment,
    store,
    ports: {
      clock,
      random,
      http: noNetwork,
      credentials: credentialsOf(raw.given ?? {}),
      valueMappings: valueMappingsOf(raw.given ?? {}, deployment.others),
      queues: { put: async messages => void queued.push(...messages) },
      mail: {
        send: async mail => {
          mails.push(mail)
          return { messageId: `<${mails.length}@test>` }
        },
      },
    },
    messageGuid: () => random.messageGuid(),
    observe: event => events.push(event),
  })
  const unready = await prepareDeployment({ ...deployment, flows: [flow] }, tenant.ports)
  if (unready.length > 0) return { reasons: unready.map(({ diagnostic }) => describeDiagnostic(diagnostic)) }
  await fillStore(store, raw.given ?? {}, {
    folder,
    flowId: flow.id,
    now: clock.now(),
    stepId: step => stepIdOf(flow, step),
  })
  const entrance = findEntrance(flow, raw.send?.to)
  if ('known' in entrance) {
    throw new WrongCase(`Expected one of ${entrance.known.join(', ')}, found "${raw.send?.to ?? ''}"`, ['send', 'to'])
  }
  const exchange = entrance.receive(await givenMessage(raw.send ?? {}, folder), clock.now())
  const seconds = raw.timeoutSeconds ?? defaultTimeoutSeconds
  const result = await within(seconds, tenant.run(flow.plan, entrance.processId, exchange))
  if (result === undefined) return { reasons: [`expected an end within ${seconds} s, found none`] }
  const reply = entrance.reply(result)
  return { flow, result, reply, events, calls: receivers.calls, queued, mails, store, now: clock.now() }
}

function stepIdOf({ bundle }: LocalFlow, step: string): string {
  const id = elementIdOf(bundle, step)
  if (id !== undefined) return id
  throw new WrongCase(`Expected a step of the flow, found "${step}"`, ['given', 'processedMessages', step])
}

const noNetwork: Ports['http'] = {
  send: async ({ url }) => {
    throw new Failure(`Expected no call of ${url.replace(/[?#].*$/s, '')}: tests reach no network`, {
      code: 'connection',
    })
  },
}

function instantOf(clock: string | undefined): number {
  const instant = clock === undefined ? defaultInstant : Date.parse(clock)
  if (!Number.isNaN(instant)) return instant
  throw new WrongCase(`Expected a time such as 2026-01-31T09:00:00Z, found "${clock}"`, ['clock'])
}

async function within<T>(seconds: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), seconds * 1000)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}

async function givenMessage(send: RawSend, folder: string): Promise<GivenMessage> {
  const attachments = await Promise.all(
    Object.entries(send.attachments ?? {}).map(async ([name, raw]) => {
      const { contentType = 'text/plain', ...content } = typeof raw === 'string' ? { text: raw } : raw
      return { name, contentType, body: await readContent(content, folder) }
    }),
  )
  const { headers = {}, properties = {}, method = 'POST', path, query = '', user = 'tester' } = send
  return { body: await readContent(send.body, folder), headers, properties, attachments, method, path, query, user }
}

async function receiversOf({ raw, folder }: TestCase): Promise<MockedReceivers> {
  const scripts: [string, ReceiverScript][] = []
  for (const [name, answers] of Object.entries(raw.receivers ?? {})) {
    const list = await Promise.all([answers].flat().map(answer => scriptedAnswer(answer as RawAnswer, folder)))
    scripts.push([name, list])
  }
  return new MockedReceivers(Object.fromEntries(scripts))
}

async function scriptedAnswer({ when, ...raw }: RawAnswer, folder: string): Promise<ScriptedAnswer> {
  const body = await readContent(raw.body, folder)
  const headers = Object.fromEntries(Object.entries(raw.headers ?? {}).map(([name, value]) => [name, String(value)]))
  return {
    headers,
    ...(raw.status !== undefined && { status: raw.status }),
    ...(raw.failure !== undefined && { failure: raw.failure }),
    ...('body' in raw && { body: body ?? '' }),
    ...(when && { when: async call => (await callDifferences(when, call, folder)).length === 0 }),
  }
}
