import { matchStep, type PathStep, stepsOf } from './match-path.ts'
import type { SourceBrick } from './model.ts'
import type { SourceAttribute, SourceNode, SourcePlan } from './plan.ts'
import type { StructureNode } from './structures/structure.ts'

type Growing<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] }
interface GrowingNode extends Omit<Growing<SourceNode>, 'children' | 'attributes'> {
  children: GrowingNode[]
  attributes: Growing<SourceAttribute>[]
}

interface NamedStep {
  readonly name: string
  readonly uri: string | undefined
  readonly isAttribute: boolean
}

/** Gathers the fields that a mapping reads, so that one pass over the message finds all of them. */
export class SourceCompiler {
  readonly #structure: StructureNode | undefined
  readonly #prefixes: ReadonlyMap<string, string>
  readonly #fields: { readonly startsOpen: boolean }[] = []
  readonly #known = new Map<string, number>()
  readonly #root = growingNode('', '')

  /** Without a structure, names are taken in any namespace. */
  constructor(structure: StructureNode | undefined, prefixes: ReadonlyMap<string, string>) {
    this.#structure = structure
    this.#prefixes = prefixes
  }

  /** The number of a field; the same for the same path, context and kind of value. */
  field({ path, context, asXml }: SourceBrick): number {
    const key = JSON.stringify([path, context, asXml])
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const field = this.#fields.length
    this.#known.set(key, field)
    const steps = this.#resolve(stepsOf(path))
    const parentDepth = Math.max(0, steps.length - 1)
    const depth = context === undefined ? parentDepth : Math.min(stepsOf(context).length, parentDepth)
    this.#fields.push({ startsOpen: depth === 0 })
    let node = this.#root
    for (const [index, step] of steps.entries()) {
      if (step.isAttribute) {
        attributeIn(node, step).fields.push(field)
        return field
      }
      node = childIn(node, step)
      if (index + 1 === depth) node.opens.push(field)
    }
    if (asXml) node.markups.push(field)
    else node.texts.push(field)
    return field
  }

  plan(format: 'xml' | 'json'): SourcePlan {
    return { format, root: this.#root, fields: this.#fields }
  }

  #resolve(steps: readonly PathStep[]): NamedStep[] {
    let nodes: readonly StructureNode[] = this.#structure === undefined ? [] : [this.#structure]
    return steps.map(step => {
      const node = matchStep(step, nodes, this.#prefixes)
      nodes = node?.children() ?? []
      if (node !== undefined) return { name: node.local, uri: node.uri, isAttribute: node.isAttribute }
      const uri = step.prefix === '' ? undefined : this.#prefixes.get(step.prefix)
      return { name: step.local, uri, isAttribute: step.isAttribute }
    })
  }
}

function growingNode(name: string, uri: string | undefined): GrowingNode {
  return { name, uri, texts: [], markups: [], opens: [], attributes: [], children: [] }
}

function childIn(parent: GrowingNode, { name, uri }: NamedStep): GrowingNode {
  const known = parent.children.find(child => child.name === name && child.uri === uri)
  if (known !== undefined) return known
  const child = growingNode(name, uri)
  parent.children.push(child)
  return child
}

function attributeIn(parent: GrowingNode, { name, uri }: NamedStep): Growing<SourceAttribute> {
  const known = parent.attributes.find(attribute => attribute.name === name && attribute.uri === uri)
  if (known !== undefined) return known
  const attribute: Growing<SourceAttribute> = { name, uri, fields: [] }
  parent.attributes.push(attribute)
  return attribute
}
