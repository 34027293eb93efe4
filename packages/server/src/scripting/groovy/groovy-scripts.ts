import {
  type Exchange,
  Failure,
  type MappingCall,
  type MappingResult,
  type RunScope,
  type ScriptProgram,
  type Scripts,
} from '@sluice/iflow'
import { compileMsMax } from '../compile-limit.ts'
import { JavaMissing } from '../jvm/find-java.ts'
import type { JvmPool, JvmResource } from '../jvm/jvm-pool.ts'
import { type JvmAnswer, JvmLost, JvmThrown } from '../jvm/jvm-process.ts'
import { keepLibrary } from './keep-library.ts'
import { compiledName, lostFailure, pathOf, thrownFailure } from './script-failure.ts'
import {
  applyChanges,
  applyValues,
  crossingMessage,
  flat,
  keeperOf,
  type MessageChanges,
  type ValueChanges,
} from './script-message.ts'
import { scriptServices } from './script-services.ts'

/** What Groovy scripts run on. */
export interface GroovyOptions {
  readonly pool: JvmPool
  /** Where archives of artifacts are kept. */
  readonly cache: string
  /** How long one call may take. */
  readonly timeoutMs: number
}

/** A script that does not compile: what is wrong, a sentence each. */
class NotCompiled extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** Groovy programs in a pool of JVMs: compiled once in each process that is asked for them, and forgotten with the program. */
export class GroovyScripts implements Scripts {
  readonly #options: GroovyOptions
  readonly #resources = new WeakMap<ScriptProgram, JvmResource>()
  readonly #released: FinalizationRegistry<number>

  constructor(options: GroovyOptions) {
    this.#options = options
    this.#released = new FinalizationRegistry(id => options.pool.release(id))
  }

  /** See `Scripts.prepare`. */
  async prepare(program: ScriptProgram): Promise<readonly string[]> {
    try {
      await this.#options.pool.hold(this.#resourceOf(program), compileMsMax)
      return []
    } catch (error) {
      if (error instanceof NotCompiled) return error.problems
      if (error instanceof JavaMissing) return [error.message]
      if (error instanceof JvmLost || error instanceof JvmThrown) return [`${error.message} (${program.file})`]
      throw error
    }
  }

  /** See `Scripts.run`. */
  async run(program: ScriptProgram, functionName: string, exchange: Exchange, scope: RunScope): Promise<void> {
    const resource = this.#resourceOf(program)
    const { parts, content } = crossingMessage(exchange, scope)
    const answer = await this.#ask(program, {
      kind: 'script.call',
      argument: [resource.id, functionName, parts],
      upcalls: { ...scriptServices(scope), content },
      resource,
      keeper: keeperOf(exchange),
    })
    const [changes, thrown] = answer.value as [MessageChanges, ReadonlyMap<string, unknown> | null]
    applyChanges(changes, exchange, scope, answer.failures)
    if (thrown !== null) throw thrownFailure(thrown, functionName, program, answer.failures)
  }

  /** See `Scripts.map`. */
  async map(
    program: ScriptProgram,
    functionName: string,
    calls: readonly MappingCall[],
    exchange: Exchange,
    scope: RunScope,
  ): Promise<readonly MappingResult[]> {
    const resource = this.#resourceOf(program)
    const answer = await this.#ask(program, {
      kind: 'script.map',
      argument: [resource.id, functionName, calls, flat(exchange.headers), flat(exchange.properties)],
      upcalls: scriptServices(scope),
      resource,
      keeper: keeperOf(exchange),
    })
    const [results, headers, properties, thrown] = answer.value as [
      readonly MappingResult[],
      ValueChanges,
      ValueChanges,
      ReadonlyMap<string, unknown> | null,
    ]
    applyValues(headers, exchange.headers, answer.failures)
    applyValues(properties, exchange.properties, answer.failures)
    if (thrown !== null) throw thrownFailure(thrown, functionName, program, answer.failures)
    return results
  }

  async #ask(
    program: ScriptProgram,
    request: Omit<Parameters<JvmPool['request']>[0], 'timeoutMs'>,
  ): Promise<JvmAnswer> {
    const { pool, timeoutMs } = this.#options
    try {
      return await pool.request({ ...request, timeoutMs })
    } catch (error) {
      if (error instanceof JvmLost) throw lostFailure(error, program)
      if (error instanceof JvmThrown) throw thrownFailure(error.description, '', program, [])
      if (error instanceof NotCompiled || error instanceof JavaMissing)
        throw new Failure(error.message, { code: 'script' })
      throw error
    }
  }

  #resourceOf(program: ScriptProgram): JvmResource {
    const known = this.#resources.get(program)
    if (known !== undefined) return known
    const { pool, cache } = this.#options
    const { source, scripts, libraries } = program
    const id = pool.resourceId()
    const resource: JvmResource = {
      id,
      async load(call) {
        const paths = await Promise.all([...libraries.values()].map(archive => keepLibrary(cache, archive)))
        const argument = [id, compiledName(program), source, scripts, paths]
        const problems = (await call({ kind: 'script.load', argument, timeoutMs: compileMsMax })) as [
          string,
          number,
          string,
        ][]
        if (problems.length > 0) throw new NotCompiled(problems.map(problem => describeProblem(problem, program)))
      },
    }
    this.#resources.set(program, resource)
    this.#released.register(program, id)
    return resource
  }
}

function describeProblem(
  [name, line, text]: readonly [name: string, line: number, text: string],
  program: ScriptProgram,
): string {
  const path = pathOf(name, program) ?? name
  const place = line > 0 ? `${path}:${line}` : path
  return `Expected a script that compiles, found: ${text.replaceAll(/\s*\n\s*/g, ' ').trim()} (${place})`
}
