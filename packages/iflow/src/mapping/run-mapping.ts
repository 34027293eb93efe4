import { evaluate, type MappingWorld } from './evaluate.ts'
import type { MappingPlan } from './plan.ts'
import type { Context } from './queue.ts'
import { readJsonSource } from './read-json-source.ts'
import { readXmlSource } from './read-xml-source.ts'
import { targetCursor } from './target-values.ts'
import { writeJsonTarget } from './write-json-target.ts'
import { writeXmlTarget } from './write-xml-target.ts'

/**
 * Maps a message: reads the fields of the source in one pass, works out the queues of the target, writes it. Time and memory
 * grow in proportion to the message. Resolves with undefined when the world had no answer yet. Rejects with a `Failure`:
 * `not-well-formed` or `not-json` for the source, `mapping` for values that the target cannot be made of, and whatever the
 * world rejects with.
 */
export async function runMapping(plan: MappingPlan, text: string, world: MappingWorld): Promise<string | undefined> {
  const fields: readonly (readonly Context[])[] =
    plan.source.format === 'json' ? readJsonSource(text, plan.source) : readXmlSource(text, plan.source)
  const queues = await evaluate(plan, fields, world)
  if (queues === undefined) return undefined
  const root = targetCursor(plan, queues)
  return plan.targetFormat === 'json' ? writeJsonTarget(root) : writeXmlTarget(root)
}
