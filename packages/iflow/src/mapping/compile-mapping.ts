import { SourceCompiler } from './compile-source.ts'
import { TargetCompiler } from './compile-target.ts'
import type { FunctionWorld } from './functions/function.ts'
import { mappingFunctions } from './functions/index.ts'
import { stepsOf } from './match-path.ts'
import type { Brick, FunctionBrick, Input, MappingFile, MessageLink } from './model.ts'
import type { Expression, MappingPlan, QueueReference } from './plan.ts'
import { readMapping } from './read-mapping.ts'
import { functionTakes } from './script-signature.ts'
import { envelopeOf, structureOf } from './structures/index.ts'
import type { ReadFile } from './structures/schema-set.ts'
import type { StructureNode } from './structures/structure.ts'

/** What is wrong with a mapping. Errors keep it from running. */
export interface MappingProblem {
  readonly code: 'mapping-file' | 'mapping-function' | 'mapping-structure'
  readonly severity: 'error' | 'warning'
  readonly message: string
}

/** A plan, when no problem is an error. */
export interface CompiledMapping {
  readonly plan: MappingPlan | undefined
  readonly problems: readonly MappingProblem[]
}

/** For binding functions while compiling: nothing is asked of it. */
const nowhere: FunctionWorld = { now: () => 0, header: () => '', property: () => '', lookUp: async () => undefined }

/**
 * Compiles a mapping file. `read` gives files of the artifact that it is in, by their path below `src/main/resources`:
 * structures and scripts. Never throws.
 */
export async function compileMapping(bytes: Uint8Array, file: string, read: ReadFile): Promise<CompiledMapping> {
  const mapping = await readMapping(bytes, file)
  if ('problem' in mapping) {
    return { plan: undefined, problems: [{ code: 'mapping-file', severity: 'error', message: mapping.problem }] }
  }
  return new MappingCompiler(mapping, read).compile()
}

class MappingCompiler {
  readonly #mapping: MappingFile
  readonly #read: ReadFile
  readonly #problems: MappingProblem[] = []
  readonly #expressions: Expression[] = []
  readonly #scripts: string[] = []
  readonly #known = new Map<Brick, number>()
  readonly #source: SourceCompiler

  constructor(mapping: MappingFile, read: ReadFile) {
    this.#mapping = mapping
    this.#read = read
    const [path] = this.#sourcePaths()
    this.#source = new SourceCompiler(this.#structure(mapping.sources, path, 'warning'), mapping.prefixes)
  }

  compile(): CompiledMapping {
    const { sources, targets, fields, prefixes } = this.#mapping
    const structure = this.#structure(targets, fields[0]?.path, 'error')
    if (structure === undefined) return this.#result(undefined)
    const target = new TargetCompiler(prefixes, field => field.expression && this.#reference(field.expression))
    const node = target.compile(structure, fields)
    for (const path of target.unknown) {
      this.#report(
        'mapping-structure',
        'warning',
        `Expected ${path} in the target structure, found none: it is left out.`,
      )
    }
    if (node === undefined) {
      this.#report('mapping-file', 'error', 'Expected at least one field of the target to be mapped, found none.')
      return this.#result(undefined)
    }
    return this.#result({
      source: this.#source.plan(formatOf(sources)),
      expressions: this.#expressions,
      target: node,
      targetFormat: formatOf(targets),
      scripts: this.#scripts,
    })
  }

  #result(plan: MappingPlan | undefined): CompiledMapping {
    const isBroken = this.#problems.some(({ severity }) => severity === 'error')
    return { plan: isBroken ? undefined : plan, problems: this.#problems }
  }

  #report(code: MappingProblem['code'], severity: MappingProblem['severity'], message: string): void {
    if (!this.#problems.some(problem => problem.message === message)) this.#problems.push({ code, severity, message })
  }

  *#sourcePaths(): Iterable<string> {
    const seen = new Set<Brick>()
    const open = this.#mapping.fields.flatMap(({ expression }) => (expression === undefined ? [] : [expression.brick]))
    for (let brick = open.pop(); brick !== undefined; brick = open.pop()) {
      if (seen.has(brick)) continue
      seen.add(brick)
      if (brick.kind === 'source') yield brick.path
      else open.push(...brick.inputs.map(input => input.brick))
    }
  }

  /** With an envelope around it when `path` starts with one. */
  #structure(
    links: readonly MessageLink[],
    path: string | undefined,
    severity: MappingProblem['severity'],
  ): StructureNode | undefined {
    const messages: { readonly link: MessageLink; readonly root: StructureNode }[] = []
    for (const link of links) {
      const root = structureOf(link, this.#read)
      if ('problem' in root) this.#report('mapping-structure', severity, `${root.problem.replace(/\.$/, '')}.`)
      else messages.push({ link, root })
    }
    const [first] = messages
    if (first === undefined) {
      if (links.length === 0)
        this.#report('mapping-structure', severity, 'Expected a message on each side, found none.')
      return undefined
    }
    const isWrapped = stepsOf(path ?? '')[0]?.local === 'Messages' && first.root.local !== 'Messages'
    return isWrapped || messages.length > 1 ? envelopeOf(messages) : first.root
  }

  #reference({ brick, output }: Input): QueueReference {
    const known = this.#known.get(brick)
    if (known !== undefined) return { expression: known, output }
    const made = this.#expression(brick)
    this.#expressions.push(made)
    const expression = this.#expressions.length - 1
    this.#known.set(brick, expression)
    return { expression, output }
  }

  #expression(brick: Brick): Expression {
    if (brick.kind === 'source') return { kind: 'source', field: this.#source.field(brick) }
    const inputs = brick.inputs.map(input => this.#reference(input))
    if (brick.library !== 'dflt') return this.#script(brick, inputs)
    const { name, parameters } = brick
    const declared = mappingFunctions.get(name)
    if (declared === undefined) {
      this.#report('mapping-function', 'error', `Expected a standard function, found "${name}": it is not supported.`)
    } else if (declared.inputs !== inputs.length) {
      const message = `Expected ${declared.inputs} inputs of ${name}, found ${inputs.length}.`
      this.#report('mapping-function', 'error', message)
    } else {
      const bound = declared.bind(parameters, nowhere)
      if ('problem' in bound) this.#report('mapping-function', 'error', `${bound.problem.replace(/\.$/, '')}: ${name}.`)
    }
    return { kind: 'function', name, parameters, inputs }
  }

  #script({ name, library }: FunctionBrick, inputs: readonly QueueReference[]): Expression {
    const path = this.#mapping.libraries.get(library)
    const source = path === undefined ? undefined : this.#read(path)
    const takes = source && functionTakes(new TextDecoder('utf-8').decode(source), name)
    if (path === undefined || source === undefined) {
      const message = `Expected a script for function "${name}" of "${library}", found ${path === undefined ? 'none' : `no ${path}`}.`
      this.#report('mapping-function', 'error', message)
    } else if (takes === undefined) {
      this.#report('mapping-function', 'error', `Expected function "${name}" in ${path}, found none.`)
    }
    return { kind: 'script', script: this.#scriptIndex(path ?? ''), name, takes: takes ?? 'values', inputs }
  }

  #scriptIndex(path: string): number {
    const known = this.#scripts.indexOf(path)
    return known >= 0 ? known : this.#scripts.push(path) - 1
  }
}

function formatOf(links: readonly MessageLink[]): 'xml' | 'json' {
  return links[0]?.kind === 'json' ? 'json' : 'xml'
}
