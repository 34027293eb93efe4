import { JsonReader } from '../formats/json-reader.ts'
import type { SourcePlan } from './plan.ts'
import type { Context } from './queue.ts'
import { SourceCursor, SourceQueues } from './source-queues.ts'
import { arrayRoot, objectRoot } from './structures/json.ts'

/**
 * Reads the fields of a plan out of JSON, front to back: the items of an array are elements of the array's name, and null is
 * the empty text. Throws a `Failure` of code `not-json`.
 */
export function readJsonSource(text: string, plan: SourcePlan): readonly (readonly Context[])[] {
  const source = new JsonSource(text, plan)
  source.read()
  return source.queues.queues
}

class JsonSource {
  readonly queues: SourceQueues
  readonly #reader: JsonReader
  readonly #root: SourceCursor

  constructor(text: string, plan: SourcePlan) {
    this.queues = new SourceQueues(plan)
    this.#reader = new JsonReader(text)
    this.#root = SourceCursor.of(plan.root)
  }

  read(): void {
    const roots = [...this.#root.children(objectRoot, undefined), ...this.#root.children(arrayRoot, undefined)]
    this.#value(roots)
    this.#reader.end()
  }

  #value(cursors: readonly SourceCursor[]): void {
    if (this.#reader.peek() === 'array') this.#reader.array(() => this.#item(cursors))
    else this.#item(cursors)
  }

  #item(cursors: readonly SourceCursor[]): void {
    for (const { node } of cursors) this.queues.enter(node)
    const text = this.#content(cursors)
    for (const { node } of cursors) this.queues.add(node.texts, text)
  }

  #content(cursors: readonly SourceCursor[]): string {
    switch (this.#reader.peek()) {
      case 'object':
        this.#reader.object(name => this.#value(cursors.flatMap(cursor => cursor.children(name, undefined))))
        return ''
      case 'array':
        this.#reader.array(() => this.#value([]))
        return ''
      case 'string':
        return this.#reader.string()
      case 'null':
        this.#reader.literal()
        return ''
      default:
        return this.#reader.literal()
    }
  }
}
