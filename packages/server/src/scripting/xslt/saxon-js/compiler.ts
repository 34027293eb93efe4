import type { StylesheetProgram } from '@sluice/iflow'
import { ProcessLost, ProcessPool } from '../../../processes/process-pool.ts'
import { compileMsMax } from '../../compile-limit.ts'
import type { CompileReply, CompileRequest } from './compile-process.ts'

/** Compiles stylesheets in a process that is there while something is to be compiled. */
export class Compiler {
  readonly #memoryMb: number
  #pool: ProcessPool<CompileRequest, CompileReply> | undefined
  #requests = 0

  constructor(memoryMb: number) {
    this.#memoryMb = memoryMb
  }

  /** Resolves with the compiled stylesheet, or with what is wrong. */
  async compile({
    file,
    files,
  }: StylesheetProgram): Promise<{ readonly compiled: string } | { readonly problem: string }> {
    const { compiled, problems } = await this.#request({ file, files })
    if (compiled !== undefined) return { compiled }
    // The last line of the compiler only says that there were others.
    const told = problems.length > 1 ? problems.slice(0, -1) : problems
    const text = told.join(' ').replaceAll('Q{http://www.w3.org/2005/xqt-errors}', '').replaceAll(/\s+/g, ' ').trim()
    return { problem: `Expected a stylesheet that can be compiled, found: ${text} [${file}]` }
  }

  async #request(request: CompileRequest): Promise<CompileReply> {
    // One process: each stylesheet takes a core and some hundred MB for a moment.
    this.#pool ??= new ProcessPool({
      entry: new URL('./compile-process.ts', import.meta.url),
      size: 1,
      timeoutMs: compileMsMax,
      memoryMb: this.#memoryMb,
    })
    this.#requests += 1
    try {
      return await this.#pool.request(request)
    } catch (error) {
      if (!(error instanceof ProcessLost)) throw error
      return { compiled: undefined, problems: [error.message] }
    } finally {
      this.#requests -= 1
      if (this.#requests === 0) await this.close()
    }
  }

  async close(): Promise<void> {
    const pool = this.#pool
    this.#pool = undefined
    await pool?.close()
  }
}
