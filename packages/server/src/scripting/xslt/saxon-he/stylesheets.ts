import {
  Failure,
  type StylesheetChange,
  type StylesheetInput,
  type StylesheetOutput,
  type StylesheetProgram,
  type Stylesheets,
} from '@sluice/iflow'
import { compileMsMax } from '../../compile-limit.ts'
import { JavaMissing } from '../../jvm/find-java.ts'
import type { JvmPool, JvmResource } from '../../jvm/jvm-pool.ts'
import { JvmLost, JvmThrown } from '../../jvm/jvm-process.ts'
import type { JavaException } from '../../jvm/values.ts'
import type { StylesheetHostOptions } from '../host-options.ts'

/** A stylesheet that does not compile: what is wrong. */
class NotCompiled extends Error {}

/** What a transformation gives: `Transform.groovy`. */
type Transformed = readonly [
  text: string,
  changes: readonly (readonly [kind: StylesheetChange['kind'], name: string, value: string])[],
  messages: readonly string[],
]

const limitErrors = new Set(['java.lang.OutOfMemoryError', 'java.lang.StackOverflowError'])

/** Stylesheets in Saxon-HE: compiled once in each JVM that is asked for them, and forgotten with the program. */
export class SaxonHe implements Stylesheets {
  readonly #pool: JvmPool
  readonly #options: StylesheetHostOptions
  readonly #resources = new WeakMap<StylesheetProgram, JvmResource>()
  readonly #released: FinalizationRegistry<number>

  constructor(pool: JvmPool, options: StylesheetHostOptions) {
    this.#pool = pool
    this.#options = options
    this.#released = new FinalizationRegistry(id => pool.release(id))
  }

  /** See `Stylesheets.prepare`. */
  async prepare(program: StylesheetProgram): Promise<readonly string[]> {
    const resource = this.#resourceOf(program)
    try {
      await this.#pool.hold(resource, compileMsMax)
      return []
    } catch (error) {
      if (error instanceof JavaMissing) return [error.message]
      if (error instanceof NotCompiled || error instanceof JvmLost || error instanceof JvmThrown) {
        return [`Expected a stylesheet that can be compiled, found: ${error.message} [${program.file}]`]
      }
      throw error
    }
  }

  /** See `Stylesheets.transform`. */
  async transform(program: StylesheetProgram, { document, parameters }: StylesheetInput): Promise<StylesheetOutput> {
    const { timeoutMs, onMessage } = this.#options
    const resource = this.#resourceOf(program)
    try {
      const { value } = await this.#pool.request({
        kind: 'stylesheet.transform',
        argument: [resource.id, document, parameters],
        resource,
        upcalls: {},
        timeoutMs,
      })
      const [text, changes, messages] = value as Transformed
      for (const message of messages) onMessage(program.file, message)
      return { text, changes: changes.map(([kind, name, changed]) => ({ kind, name, value: changed })) }
    } catch (error) {
      throw failureOf(error, program)
    }
  }

  #resourceOf(program: StylesheetProgram): JvmResource {
    const known = this.#resources.get(program)
    if (known !== undefined) return known
    const { file, files } = program
    const id = this.#pool.resourceId()
    const resource: JvmResource = {
      id,
      async load(call) {
        const problems = await call({ kind: 'stylesheet.load', argument: [id, file, files], timeoutMs: compileMsMax })
        if ((problems as string[]).length > 0) throw new NotCompiled((problems as string[]).join('; '))
      },
    }
    this.#resources.set(program, resource)
    this.#released.register(program, id)
    return resource
  }
}

function failureOf(error: unknown, { file }: StylesheetProgram): unknown {
  if (error instanceof JvmLost) {
    return new Failure(`${error.message} [${file}]`, {
      code: error.reason === 'time' ? 'stylesheet-limit' : 'stylesheet',
    })
  }
  if (error instanceof NotCompiled) return new Failure(error.message, { code: 'stylesheet' })
  if (!(error instanceof JvmThrown)) return error
  const { className, message } = error.description.get('exception') as JavaException
  if (className === 'sluice.xslt.DocumentTrouble') {
    return new Failure(`Expected well-formed XML, found: ${message}`, { code: 'not-well-formed' })
  }
  const code = limitErrors.has(className) ? 'stylesheet-limit' : 'stylesheet'
  const reason = className === 'sluice.xslt.Trouble' ? message : error.message
  const place = reason.endsWith(']') ? '' : ` [${file}]`
  return new Failure(`Expected the stylesheet to run, found: ${reason}${place}`, { code })
}
