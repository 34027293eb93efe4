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
 * grow in proportion to the message. Rejects with a `Failure`: `not-well-formed` or `not-json` for the source, `mapping` for
 * values that the target cannot be made of, and whatever functions of the world throw.
 */
export async function runMapping(plan: MappingPlan, text: string, world: MappingWorld): Promise<string> {
  const fields: readonly (readonly Context[])[] =
    plan.source.format === 'json' ? readJsonSource(text, plan.source) : readXmlSource(text, plan.source)
  const root = targetCursor(plan, await evaluate(plan, fields, world))
  return plan.targetFormat === 'json' ? writeJsonTarget(root) : writeXmlTarget(root)
}
