import { isoTime, odataKey, type Server } from './server.ts'

/** A message before or after a step. */
export interface TracedMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly properties: Readonly<Record<string, string>>
  /** Base64. */
  readonly body: string
}

/** One step of a run. Times are milliseconds since 1970; the messages are there at log level TRACE. */
export interface TracedStep {
  readonly step: number
  readonly elementId: string
  readonly elementName: string
  readonly processId: string
  readonly callDepth: number
  readonly branch: string
  readonly startedAt: number
  readonly endedAt: number
  readonly error: string | undefined
  readonly before: TracedMessage | undefined
  readonly after: TracedMessage | undefined
}

interface NamedValue {
  readonly Name: string
  readonly Value: string
}

interface Expanded<Row> {
  readonly results: readonly Row[]
}

interface RunStep {
  readonly RunId: string
  readonly ChildCount: number
  readonly StepStart: string
  readonly StepStop: string
  readonly ModelStepId: string
  readonly BranchId: string
  readonly Error: string | null
  readonly Activity: string | null
  readonly RunStepProperties: Expanded<NamedValue>
}

interface TraceMessage {
  readonly TraceId: string
  readonly Properties: Expanded<NamedValue>
  readonly ExchangeProperties: Expanded<NamedValue>
}

const pageSize = 500
/** Steps whose messages are asked for at the same time. */
const together = 16

/** What was recorded of the latest run of a message that was recorded, step by step: nothing when none was. Throws `CommandError`. */
export async function messageTrace(server: Server, message: string): Promise<TracedStep[]> {
  const path = `MessageProcessingLogs(${odataKey(message)})/Runs`
  for (const { Id } of await server.entities<{ Id: string }>(path, {}, { accepted: [404] })) {
    const steps = await runTrace(server, Id)
    if (steps.length > 0) return steps
  }
  return []
}

async function runTrace(server: Server, run: string): Promise<TracedStep[]> {
  const traced: TracedStep[] = []
  for (;;) {
    const query = { $expand: 'RunStepProperties', $skip: String(traced.length), $top: String(pageSize) }
    const steps = await server.entities<RunStep>(`MessageProcessingLogRuns(${odataKey(run)})/RunSteps`, query)
    for (let start = 0; start < steps.length; start += together) {
      const some = steps.slice(start, start + together)
      traced.push(...(await Promise.all(some.map(step => describe(server, step)))))
    }
    if (steps.length < pageSize) return traced
  }
}

async function describe(server: Server, step: RunStep): Promise<TracedStep> {
  const path = `MessageProcessingLogRunSteps(RunId=${odataKey(step.RunId)},ChildCount=${step.ChildCount})/TraceMessages`
  const messages = await server.entities<TraceMessage>(path, { $expand: 'Properties,ExchangeProperties' })
  const [before, after] = await Promise.all(messages.map(message => read(server, message)))
  const properties = valuesOf(step.RunStepProperties)
  return {
    step: step.ChildCount,
    elementId: step.ModelStepId,
    elementName: step.Activity ?? '',
    processId: properties.ProcessId ?? '',
    callDepth: Number(properties.CallDepth ?? 0),
    branch: step.BranchId,
    startedAt: Date.parse(isoTime(step.StepStart)),
    endedAt: Date.parse(isoTime(step.StepStop)),
    error: step.Error ?? undefined,
    before,
    after,
  }
}

async function read(server: Server, { TraceId, Properties, ExchangeProperties }: TraceMessage): Promise<TracedMessage> {
  const { bytes } = await server.request('GET', `/api/v1/TraceMessages(${TraceId}L)/$value`)
  return {
    headers: valuesOf(Properties),
    properties: valuesOf(ExchangeProperties),
    body: Buffer.from(bytes).toString('base64'),
  }
}

function valuesOf({ results }: Expanded<NamedValue>): Record<string, string> {
  return Object.fromEntries(results.map(({ Name, Value }) => [Name, Value]))
}
