import type { Exchange } from '../run/exchange.ts'
import type { RunScope } from '../run/scope.ts'

/** Programs that flows bring along, run by the host where they can reach neither its memory nor its secrets. */
export interface Scripts {
  /**
   * Makes a program ready: finds its language, loads and compiles it, once for each program object. Resolves with what is
   * wrong, a sentence each; with nothing when it can run.
   */
  prepare(program: ScriptProgram): Promise<readonly string[]>
  /**
   * Calls a function of a program that is ready, or is made ready now, with the message, and changes the exchange as the
   * function did. What the function asks of the tenant it gets through the ports and the log of `scope`. Rejects with a
   * `Failure`: `script` when it throws (with the line), `script-limit` when it takes too long or too much memory.
   */
  run(program: ScriptProgram, functionName: string, exchange: Exchange, scope: RunScope): Promise<void>
  /**
   * Calls a user-defined function of a message mapping once for each list of arguments, in order and in one request, and
   * resolves with what each call gave. `MappingContext` arguments reach the headers and properties of the exchange. Rejects
   * as `run` does, also when there is no such function or none that takes these arguments.
   */
  map(
    program: ScriptProgram,
    functionName: string,
    calls: readonly MappingCall[],
    exchange: Exchange,
    scope: RunScope,
  ): Promise<readonly MappingResult[]>
}

/**
 * The arguments of one call, without `Output` and `MappingContext`, which the host adds as the function declares them: a text
 * for each single value, converted where the function declares a number or boolean; a list for each array, where null is
 * SUPPRESS.
 */
export type MappingCall = readonly (string | readonly (string | null)[])[]

/**
 * What one call gave: of a function without `Output` the one value that it returned; otherwise, for each `Output` in the
 * order of declaration, its contexts, which `addContextChange` parts. Null is SUPPRESS, which `addSuppress` adds.
 */
export type MappingResult = readonly (readonly (readonly (string | null)[])[])[]

/** One script and everything that it may load. Hosts keep what they compiled by the identity of this object. */
export interface ScriptProgram {
  readonly language: 'groovy' | 'javascript'
  /** Path in its artifact, below `src/main/resources`: what errors name. */
  readonly file: string
  readonly source: string
  /** All scripts of the same artifact by path, the file itself included: `import src.main.resources.script.Helper`. */
  readonly scripts: ReadonlyMap<string, string>
  /** Java archives of the artifact (`lib/*.jar`) by path. */
  readonly libraries: ReadonlyMap<string, Uint8Array>
}
