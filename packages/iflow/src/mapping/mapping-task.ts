import type { HeavyTask } from '../ports/heavy-work.ts'
import type { MappingResult } from '../ports.ts'
import { type MappingWorld, type ScriptCall, Unanswered } from './evaluate.ts'
import type { MappingPlan } from './plan.ts'
import { runMapping } from './run-mapping.ts'

/** What value mappings are asked. */
export type LookUpNames = Parameters<MappingWorld['lookUp']>

/** A message to be mapped elsewhere, with what is known of the world. */
export interface MappingRequest {
  readonly plan: MappingPlan
  readonly text: string
  readonly now: number
  /** By name in small letters. */
  readonly headers: ReadonlyMap<string, string>
  readonly properties: ReadonlyMap<string, string>
  /** Answers to earlier questions: by the names in JSON, and by expression. */
  readonly values: ReadonlyMap<string, string | undefined>
  readonly results: ReadonlyMap<number, readonly MappingResult[]>
}

/** The message, or what has to be known first. */
export type MappingReply =
  | { readonly kind: 'mapped'; readonly text: string }
  | {
      readonly kind: 'asks'
      readonly lookUps: readonly LookUpNames[]
      readonly calls: readonly { readonly expression: number; readonly call: ScriptCall }[]
    }

/** Maps a message as far as the answers go. Asking again with more answers begins anew; functions are called once each. */
export const mappingTask: HeavyTask<MappingRequest, MappingReply> = {
  name: 'message-mapping',
  async run({ plan, text, now, headers, properties, values, results }) {
    const lookUps: LookUpNames[] = []
    const calls: { readonly expression: number; readonly call: ScriptCall }[] = []
    const mapped = await runMapping(plan, text, {
      now: () => now,
      header: name => headers.get(name.toLowerCase()) ?? '',
      property: name => properties.get(name) ?? '',
      async lookUp(...names) {
        const key = keyOf(names)
        if (values.has(key)) return values.get(key)
        lookUps.push(names)
        throw new Unanswered()
      },
      async call(call, expression) {
        const known = results.get(expression)
        if (known !== undefined) return known
        calls.push({ expression, call })
        throw new Unanswered()
      },
    })
    return mapped === undefined ? { kind: 'asks', lookUps, calls } : { kind: 'mapped', text: mapped }
  },
}

/** Maps a message by `run`, which does the task, and asks `world` whatever the task wants to know. */
export async function mapElsewhere(
  run: (request: MappingRequest) => Promise<MappingReply>,
  request: Omit<MappingRequest, 'values' | 'results'>,
  world: Pick<MappingWorld, 'lookUp' | 'call'>,
): Promise<string> {
  const values = new Map<string, string | undefined>()
  const results = new Map<number, readonly MappingResult[]>()
  for (;;) {
    const reply = await run({ ...request, values, results })
    if (reply.kind === 'mapped') return reply.text
    for (const names of reply.lookUps) values.set(keyOf(names), await world.lookUp(...names))
    for (const { expression, call } of reply.calls) results.set(expression, await world.call(call, expression))
  }
}

function keyOf(names: LookUpNames): string {
  return JSON.stringify(names)
}
