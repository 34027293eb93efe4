import type { SourceAttribute, SourceNode, SourcePlan } from './plan.ts'
import type { Context } from './queue.ts'

/** A node of the plan with its children at hand. Several plan nodes of one name differ in how they tell namespaces. */
export class SourceCursor {
  readonly node: SourceNode
  readonly #children = new Map<string, SourceCursor[]>()

  private constructor(node: SourceNode) {
    this.node = node
    for (const child of node.children) {
      const known = this.#children.get(child.name)
      if (known === undefined) this.#children.set(child.name, [new SourceCursor(child)])
      else known.push(new SourceCursor(child))
    }
  }

  /** The cursor of a plan's root; made once for each plan. */
  static of(root: SourceNode): SourceCursor {
    let cursor = cursors.get(root)
    if (cursor === undefined) {
      cursor = new SourceCursor(root)
      cursors.set(root, cursor)
    }
    return cursor
  }

  /** The nodes that an element of this name is, none in most cases; `uri` undefined: names have no namespaces. */
  children(name: string, uri: string | undefined): readonly SourceCursor[] {
    const named = this.#children.get(name)
    if (named === undefined) return none
    return named.every(({ node }) => isNamespace(node, uri))
      ? named
      : named.filter(({ node }) => isNamespace(node, uri))
  }

  /** Whether the attribute is one of this name. */
  static isAttribute(attribute: SourceAttribute, name: string, uri: string): boolean {
    return attribute.name === name && isNamespace(attribute, uri)
  }
}

const none: readonly SourceCursor[] = []
const cursors = new WeakMap<SourceNode, SourceCursor>()

function isNamespace(named: { readonly uri: string | undefined }, uri: string | undefined): boolean {
  return uri === undefined || named.uri === undefined || named.uri === uri
}

/** The queues of all fields of a message while it is read. */
export class SourceQueues {
  readonly queues: readonly Context[][]

  constructor({ fields }: SourcePlan) {
    this.queues = fields.map(({ startsOpen }) => (startsOpen ? [[]] : []))
  }

  /** An element begins: contexts of its fields open. */
  enter({ opens }: SourceNode): void {
    for (const field of opens) this.queues[field]?.push([])
  }

  /** A value of these fields goes into their open context. */
  add(fields: readonly number[], value: string): void {
    for (const field of fields) {
      const open = this.queues[field]?.at(-1) as string[] | undefined
      open?.push(value)
    }
  }
}
