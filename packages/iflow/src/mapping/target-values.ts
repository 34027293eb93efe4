import { mappingFailure } from './mapping-failure.ts'
import type { MappingPlan, TargetNode } from './plan.ts'
import { isEndless, isProblem, type Queue, rawContextOf, type Value } from './queue.ts'

const mandatory: readonly Value[] = ['']

/** A node of the target while it is written: each instance of its parent takes the next context of its queue. */
export class TargetCursor {
  readonly node: TargetNode
  readonly children: readonly TargetCursor[]
  readonly #queue: Queue | undefined
  #context = 0
  /** Contexts that were not passed by: what a counter counts. */
  #taken = 0

  constructor(node: TargetNode, queues: readonly (readonly Queue[])[]) {
    const { queue } = node
    this.node = node
    this.#queue = queue && (queues[queue.expression]?.[queue.output] ?? [])
    this.children = node.children.map(child => new TargetCursor(child, queues))
  }

  /**
   * Gives the values of the next context, each of which is one instance. SUPPRESS passes the instances below it by, values
   * beyond the most that may occur are dropped. Throws a `Failure` of code `mapping` for a problem and for too few values.
   */
  instances(write: (value: string) => void): void {
    const { minOccurs, maxOccurs, path } = this.node
    let count = 0
    const values = this.#next()
    this.#taken += 1
    for (const value of values) {
      if (isProblem(value)) throw mappingFailure(`Cannot create target element ${path}. ${value.problem}`)
      if (typeof value !== 'string') {
        for (const child of this.children) child.#pass()
      } else if (count < maxOccurs) {
        count += 1
        write(value)
      }
    }
    if (count < minOccurs) throw missing(path, minOccurs, count)
  }

  #next(): readonly Value[] {
    this.#context += 1
    const queue = this.#queue
    if (queue !== undefined) return rawContextOf(queue, isEndless(queue) ? this.#taken : this.#context - 1)
    return this.node.minOccurs === 1 ? mandatory : Array.from({ length: this.node.minOccurs }, () => '')
  }

  #pass(): void {
    const values = this.#next()
    for (const child of this.children) for (const _ of values) child.#pass()
  }
}

function missing(path: string, minimum: number, count: number): Error {
  return mappingFailure(
    `Cannot create target element ${path}. Values missing in queue context: expected ${minimum}, found ${count}. ` +
      'The target structure demands the element, and what is mapped to it gives no value: look at the input and the mapping.',
  )
}

/** The root of the target with the queues that its nodes take. */
export function targetCursor({ target }: MappingPlan, queues: readonly (readonly Queue[])[]): TargetCursor {
  return new TargetCursor(target, queues)
}
