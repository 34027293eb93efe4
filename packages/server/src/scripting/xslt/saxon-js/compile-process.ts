import fs from 'node:fs'
import { createRequire } from 'node:module'
import { serveRequests } from '../../../processes/serve-requests.ts'
import { sandboxedSaxon } from './saxon.ts'

/** What is to be compiled: a file, and everything that it may load, by path. */
export interface CompileRequest {
  readonly file: string
  readonly files: ReadonlyMap<string, string>
}

/** The compiled stylesheet, or what the compiler said. */
export interface CompileReply {
  readonly compiled: string | undefined
  readonly problems: readonly string[]
}

const require = createRequire(import.meta.url)
const compiler = require.resolve('xslt3')
const sandboxed = sandboxedSaxon()

serveRequests(({ file, files }: CompileRequest) => {
  sandboxed.serve(files)
  return new Promise<CompileReply>(resolve => {
    const problems: string[] = []
    sandboxed.saxon.getPlatform().writeFileAsync = async (_, compiled) => resolve({ compiled, problems })
    console.error = (line: unknown) => {
      problems.push(String(line))
      // It may have more to say before it gives up, but not after this turn.
      setImmediate(() => resolve({ compiled: undefined, problems }))
    }
    // The compiler is a command line, which runs as soon as it is loaded: it gets its files from memory.
    Object.assign(fs.promises, { realpath: async (path: string) => path })
    process.argv = [process.execPath, compiler, `-xsl:/${file}`, '-export:/compiled', '-nogo']
    delete require.cache[compiler]
    require(compiler)
  })
})
