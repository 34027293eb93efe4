import { escapeAttribute } from '../bpmn/escape.ts'
import { matchStep, type PathStep, stepsOf } from './match-path.ts'
import type { FieldMapping } from './model.ts'
import type { QueueReference, TargetNode } from './plan.ts'
import type { StructureNode } from './structures/structure.ts'

/** The fields that are mapped, as a tree of the steps of their paths. */
interface Wanted {
  readonly step: PathStep
  readonly path: string
  queue: QueueReference | undefined
  readonly children: Map<string, Wanted>
}

/** Prefix to namespace where an element stands. */
type Scope = ReadonlyMap<string, string>

/**
 * Makes the tree that writes the target: the mapped nodes and those that must be there for them, in the order of the
 * structure. Optional nodes that nothing is mapped to are not created, and neither is what is below them.
 */
export class TargetCompiler {
  readonly #prefixes: ReadonlyMap<string, string>
  readonly #prefixOf: ReadonlyMap<string, string>
  readonly #queueOf: (field: FieldMapping) => QueueReference | undefined
  /** Paths that the structure does not have. */
  readonly unknown: string[] = []
  #invented = 0

  constructor(prefixes: ReadonlyMap<string, string>, queueOf: (field: FieldMapping) => QueueReference | undefined) {
    this.#prefixes = prefixes
    this.#prefixOf = new Map(Array.from(prefixes, ([prefix, uri]) => [uri, prefix]))
    this.#queueOf = queueOf
  }

  /** Undefined when nothing is mapped to the structure. */
  compile(structure: StructureNode, fields: readonly FieldMapping[]): TargetNode | undefined {
    const top: Wanted = { step: stepsOf('top')[0] as PathStep, path: '', queue: undefined, children: new Map() }
    for (const field of fields) this.#want(top, field)
    const [compiled] = this.#children(top, [structure], new Map())
    return compiled?.node
  }

  #want(top: Wanted, field: FieldMapping): void {
    const queue = this.#queueOf(field)
    if (queue === undefined) return
    let at = top
    for (const step of stepsOf(field.path)) {
      let next = at.children.get(step.written)
      if (next === undefined) {
        next = { step, path: `${at.path}/${step.written}`, queue: undefined, children: new Map() }
        at.children.set(step.written, next)
      }
      at = next
    }
    at.queue ??= queue
  }

  #children(wanted: Wanted, structure: readonly StructureNode[], scope: Scope): Compiled[] {
    const byNode = new Map<StructureNode, Wanted[]>()
    for (const child of wanted.children.values()) {
      const node = matchStep(child.step, structure, this.#prefixes)
      if (node === undefined) this.unknown.push(child.path)
      else byNode.set(node, [...(byNode.get(node) ?? []), child])
    }
    return structure.flatMap(node => {
      const copies = (byNode.get(node) ?? []).sort((a, b) => a.step.copy - b.step.copy)
      return copies.flatMap(child => this.#node(node, child, scope) ?? [])
    })
  }

  #node(structure: StructureNode, wanted: Wanted, outer: Scope): Compiled | undefined {
    if (wanted.queue === undefined && structure.minOccurs === 0) return undefined
    const { name, scope } = this.#name(structure, wanted.step, outer)
    const below = structure.children()
    const compiled = this.#children(wanted, below, scope)
    if (wanted.queue === undefined && compiled.length === 0) return undefined
    // The prefixes of attributes are declared where the attributes stand.
    const inner = new Map(scope)
    for (const { node, scope: own } of compiled) {
      if (node.isAttribute) for (const [prefix, uri] of own) inner.set(prefix, uri)
    }
    return {
      scope,
      node: {
        name,
        declarations: structure.isAttribute ? '' : declarations(outer, inner),
        isAttribute: structure.isAttribute,
        minOccurs: structure.minOccurs,
        maxOccurs: structure.maxOccurs,
        path: wanted.path,
        queue: wanted.queue,
        hasElements: below.some(child => !child.isAttribute),
        json: structure.json,
        children: compiled.map(({ node }) => node),
      },
    }
  }

  #name({ local, uri }: StructureNode, step: PathStep, outer: Scope): { readonly name: string; readonly scope: Scope } {
    if (uri === '') return { name: local, scope: outer }
    const prefix = step.prefix || this.#prefixOf.get(uri) || this.#invent(uri, outer)
    return { name: `${prefix}:${local}`, scope: outer.get(prefix) === uri ? outer : new Map(outer).set(prefix, uri) }
  }

  #invent(uri: string, scope: Scope): string {
    for (const [prefix, known] of scope) if (known === uri) return prefix
    this.#invented += 1
    return `gen${this.#invented}`
  }
}

interface Compiled {
  readonly node: TargetNode
  readonly scope: Scope
}

function declarations(outer: Scope, inner: Scope): string {
  return Array.from(inner)
    .filter(([prefix, uri]) => outer.get(prefix) !== uri)
    .map(([prefix, uri]) => ` xmlns:${prefix}="${escapeAttribute(uri)}"`)
    .join('')
}
