import type { Report } from '../../compile/reporter.ts'
import { compileMapping } from '../../mapping/compile-mapping.ts'
import type { MappingWorld } from '../../mapping/evaluate.ts'
import { mapElsewhere, mappingTask } from '../../mapping/mapping-task.ts'
import type { MappingPlan } from '../../mapping/plan.ts'
import { runMapping } from '../../mapping/run-mapping.ts'
import type { Ports, ScriptProgram } from '../../ports.ts'
import { Body } from '../../run/body.ts'
import type { Exchange } from '../../run/exchange.ts'
import { Failure } from '../../run/failure.ts'
import { isHeavy } from '../../run/heavy-work.ts'
import type { PreparationPorts } from '../../run/plan.ts'
import type { RunScope } from '../../run/scope.ts'
import { asText } from '../../run/value.ts'
import { decodeXml } from '../../run/xml.ts'
import { scriptPrograms } from '../script/script-programs.ts'

/** A mapping of an artifact that messages can be put through. */
export interface Mapper {
  /** Makes its scripts ready; resolves with what is wrong, a sentence each. */
  prepare(ports: PreparationPorts): Promise<readonly string[]>
  /** Replaces the body. */
  map(exchange: Exchange, scope: RunScope): Promise<void>
}

/** Compiles the mapping file of an artifact. Undefined when an error was reported. */
export async function mapperOf(
  file: string,
  resources: ReadonlyMap<string, Uint8Array>,
  report: Report,
): Promise<Mapper | undefined> {
  const bytes = resources.get(file)
  if (bytes === undefined) {
    report('missing-resource', `Expected the file "${file}" in the artifact, found none.`)
    return undefined
  }
  const { plan, problems } = await compileMapping(bytes, file, path => resources.get(path))
  for (const { code, message, severity } of problems) report(code, `${message} [${file}]`, severity)
  if (plan === undefined) return undefined
  const programs = scriptPrograms('groovy', plan.scripts, resources)
  return {
    prepare: async ports => (await Promise.all(programs.map(program => ports.scripts.prepare(program)))).flat(),
    map: async (exchange, scope) => {
      const { ports } = scope
      const world = worldOf(exchange, scope, programs)
      const text = sourceText(plan, exchange)
      const mapped = isHeavy(exchange.body)
        ? await mapElsewhere(
            request => ports.heavyWork.run(mappingTask, request),
            requestOf(plan, text, exchange, ports),
            world,
          )
        : await runMapping(plan, text, world)
      exchange.body = Body.in('UTF-8', mapped ?? '', exchange.charset)
    },
  }
}

/** Headers and properties only for functions that read them: they may be large. */
function requestOf(plan: MappingPlan, text: string, { headers, properties }: Exchange, { clock }: Ports) {
  const reads = (names: readonly string[]) =>
    plan.expressions.some(expression => expression.kind === 'function' && names.includes(expression.name))
  const texts = (values: Iterable<readonly [string, unknown]>) =>
    new Map(Array.from(values, ([name, value]): [string, string] => [name, asText(value)]))
  const headerTexts = reads(['getHeader', 'receiver', 'sender']) ? texts(headers) : new Map<string, string>()
  return {
    plan,
    text,
    now: clock.now(),
    headers: new Map(Array.from(headerTexts, ([name, value]) => [name.toLowerCase(), value])),
    properties: reads(['getProperty']) ? texts(properties) : new Map<string, string>(),
  }
}

function sourceText({ source }: MappingPlan, { body, charset }: Exchange): string {
  const { raw } = body
  return source.format === 'xml' && raw instanceof Uint8Array ? decodeXml(raw, charset) : body.text(charset)
}

function worldOf(exchange: Exchange, scope: RunScope, programs: readonly ScriptProgram[]): MappingWorld {
  const { ports } = scope
  return {
    now: () => ports.clock.now(),
    header: name => asText(exchange.headers.get(name)),
    property: name => asText(exchange.properties.get(name)),
    lookUp: (...names) => ports.valueMappings.lookup(...names),
    call: ({ script, functionName, calls }) => {
      const program = programs[script]
      if (program === undefined)
        throw new Failure(`Expected a script for ${functionName}, found none.`, { code: 'script' })
      return ports.scripts.map(program, functionName, calls, exchange, scope)
    },
  }
}
