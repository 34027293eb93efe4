import { unescapeXml } from '../bpmn/escape.ts'
import type { FlowModel, FlowNode, ModelElement, NodeContainer, SequenceFlow } from '../bpmn/model.ts'
import type { Diagnostic } from '../diagnostic.ts'

/** A text with its parameters replaced. */
export interface Substituted {
  readonly text: string
  /** Names in the text, each once. */
  readonly names: readonly string[]
  /** Names that have no value, each once; their `{{name}}` stays in the text. */
  readonly missing: readonly string[]
}

/**
 * Replaces `{{name}}` by the value of the parameter. A name is any text on one line: blanks, `<>`, `()`, `/` are common.
 * Of `{{{PW}}` the name is `{PW`, as the original has it; when only `PW` has a value, that is used and a `{` stays.
 * Values are not looked into for further parameters.
 */
export function substituteParameters(text: string, values: ReadonlyMap<string, string>): Substituted {
  return substitute(text, values, value => value)
}

function substitute(
  text: string,
  values: ReadonlyMap<string, string>,
  convert: (value: string) => string,
): Substituted {
  const names = new Set<string>()
  const missing = new Set<string>()
  let result = ''
  let position = 0
  for (let open = text.indexOf('{{'); open !== -1; open = text.indexOf('{{', position)) {
    const close = text.indexOf('}}', open + 2)
    if (close === -1) break
    const found = text.slice(open + 2, close)
    const name = values.has(found) ? found : found.replace(/^\{+/, '')
    const value = values.get(name)
    const lineEnd = Math.max(found.lastIndexOf('\n'), found.lastIndexOf('\r'))
    const next = lineEnd === -1 ? close + 2 : open + 2 + lineEnd
    const isParameter = lineEnd === -1 && name !== ''
    if (isParameter) names.add(name)
    if (isParameter && value === undefined) missing.add(name)
    result += text.slice(position, open)
    if (isParameter && value !== undefined) result += found.slice(0, found.length - name.length) + convert(value)
    else result += text.slice(open, next)
    position = next
  }
  return { text: result + text.slice(position), names: [...names], missing: [...missing] }
}

/**
 * The model with every parameter replaced: in the properties of the flow and of each of its elements, in conditions of
 * routers and of loops. Call it once, before compiling; nothing has to be substituted afterwards.
 *
 * How a value is stored depends on where it is used, and this follows it:
 * - in a plain property (an address, a body) raw: it is inserted as it is;
 * - in a row table XML-escaped (`&apos;`), sometimes raw (`<id>`), and sometimes it is the whole table: it is inserted as
 *   it is *before* the rows are parsed, and `parseRows` unescapes what is escaped and tolerates what is not;
 * - in a condition XML-escaped: it is unescaped, for the condition itself has been unescaped when the file was read.
 *
 * A name without a value is a `parameter-missing` error at the element that uses it.
 */
export function resolveParameters(
  model: FlowModel,
  values: ReadonlyMap<string, string>,
): { model: FlowModel; diagnostics: Diagnostic[] } {
  const resolver = new Resolver(model.file, values)
  const resolved: FlowModel = {
    ...resolver.element(model),
    participants: mapValues(model.participants, participant => resolver.element(participant)),
    channels: model.channels.map(channel => resolver.element(channel)),
    processes: model.processes.map(process => ({
      ...resolver.container(process),
      exceptionSubprocesses: process.exceptionSubprocesses.map(subprocess => resolver.container(subprocess)),
    })),
  }
  return { model: resolved, diagnostics: resolver.diagnostics }
}

class Resolver {
  readonly diagnostics: Diagnostic[] = []
  readonly #file: string
  readonly #values: ReadonlyMap<string, string>

  constructor(file: string, values: ReadonlyMap<string, string>) {
    this.#file = file
    this.#values = values
  }

  element<T extends ModelElement>(element: T): T {
    const properties = new Map<string, string>()
    const parameters = new Map<string, readonly string[]>()
    for (const [key, value] of element.properties) {
      const { text, names, missing } = substituteParameters(value, this.#values)
      this.#report(element, key, missing)
      properties.set(key, text)
      if (names.length > 0) parameters.set(key, names)
    }
    return { ...element, properties, parameters }
  }

  container<T extends NodeContainer>(container: T): T {
    return {
      ...this.element(container),
      nodes: mapValues(container.nodes, node => this.#node(node)),
      flows: mapValues(container.flows, flow => this.#flow(flow)),
    }
  }

  #node(node: FlowNode): FlowNode {
    const loop = node.loop && { ...node.loop, condition: this.#condition(node, node.loop.condition) }
    return { ...this.element(node), loop }
  }

  #flow(flow: SequenceFlow): SequenceFlow {
    const condition = flow.condition === undefined ? undefined : this.#condition(flow, flow.condition)
    return { ...this.element(flow), condition }
  }

  #condition(element: ModelElement, condition: string): string {
    const { text, missing } = substitute(condition, this.#values, unescapeXml)
    this.#report(element, 'the condition', missing)
    return text
  }

  #report(element: ModelElement, where: string, missing: readonly string[]): void {
    for (const name of missing) {
      const message = `Expected parameter "${name}", used in ${where}, to have a value, found none: add it to parameters.prop.`
      const at = { file: this.#file, elementId: element.id, line: element.line }
      this.diagnostics.push({
        code: 'parameter-missing',
        severity: 'error',
        message,
        at: element.name ? { ...at, elementName: element.name } : at,
        parameters: [name],
      })
    }
  }
}

function mapValues<T>(map: ReadonlyMap<string, T>, convert: (value: T) => T): ReadonlyMap<string, T> {
  return new Map(Array.from(map, ([key, value]) => [key, convert(value)]))
}
