import { availableParallelism } from 'node:os'
import { Failure, type StylesheetProgram, type Stylesheets } from '@sluice/iflow'
import { ProcessLost, ProcessPool } from '../../../processes/process-pool.ts'
import type { StylesheetHostOptions } from '../host-options.ts'
import { Compiler } from './compiler.ts'
import type { TransformReply, TransformRequest } from './transform-process.ts'

/** Chosen: as for other heavy work on a message. */
const memoryMbMax = 2_048

/** What SaxonJS is given. */
export interface SaxonJsOptions extends StylesheetHostOptions {
  /** How much memory one transformation or compilation may take. */
  readonly memoryMb?: number
}

type Compiled = { readonly id: number; readonly compiled: string } | { readonly problem: string }

/**
 * Stylesheets in SaxonJS, where there is no Java: compiled once for each program, and run in processes in which they reach
 * neither files nor network. `close` ends the processes.
 */
export function openSaxonJs({
  timeoutMs,
  onMessage,
  memoryMb = memoryMbMax,
}: SaxonJsOptions): Stylesheets & { close(): Promise<void> } {
  const compiler = new Compiler(memoryMb)
  const pool = new ProcessPool<TransformRequest, TransformReply>({
    entry: new URL('./transform-process.ts', import.meta.url),
    size: Math.max(2, availableParallelism() - 1),
    timeoutMs,
    memoryMb,
  })
  const compiled = new WeakMap<StylesheetProgram, Promise<Compiled>>()
  let ids = 0
  const compile = (program: StylesheetProgram): Promise<Compiled> => {
    const known = compiled.get(program)
    if (known) return known
    ids += 1
    const id = ids
    const made = compiler.compile(program).then(result => ({ ...result, id }))
    compiled.set(program, made)
    return made
  }
  return {
    async prepare(program) {
      const result = await compile(program)
      return 'problem' in result ? [result.problem] : []
    },
    async transform(program, input) {
      const { file, files } = program
      const result = await compile(program)
      if ('problem' in result) throw new Failure(result.problem, { code: 'stylesheet' })
      const { id, compiled: text } = result
      const ask = async (stylesheet: TransformRequest['stylesheet']): Promise<TransformReply> => {
        try {
          return await pool.request({ id, file, stylesheet, input })
        } catch (error) {
          if (!(error instanceof ProcessLost)) throw error
          throw new Failure(`${error.message} [${file}]`, { code: 'stylesheet-limit' })
        }
      }
      let reply = await ask(undefined)
      if (reply === 'unknown') reply = await ask({ compiled: text, files })
      if (reply === 'unknown') throw new Error(`Expected a result of ${file}, found that its stylesheet is unknown`)
      const { messages, ...output } = reply
      for (const message of messages) onMessage(file, message)
      return output
    },
    async close() {
      await Promise.all([compiler.close(), pool.close()])
    },
  }
}
