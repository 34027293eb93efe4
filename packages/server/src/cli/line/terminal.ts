import { Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

/** Everything a command may ask of the process it runs in. Tests pass their own. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether a person watches standard error, so that progress makes sense. */
  readonly interactive: boolean
  /** Whether standard output shows colours to a person. */
  readonly colours?: boolean
  /** Results, and nothing else. */
  out(content: string | Uint8Array): void
  /** Progress, hints and errors. */
  err(text: string): void
  /** All of standard input. */
  input(): Promise<Uint8Array>
  /** A line that is typed and not shown. */
  secret(question: string): Promise<string>
  /** Aborted when the command is to end: Ctrl+C, or SIGTERM from whoever supervises it. A second signal ends it at once. */
  readonly interrupted: AbortSignal
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const interrupt = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort())
  // Whoever reads has enough, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    interrupt.abort()
  })
  return {
    env: process.env,
    interactive: process.stderr.isTTY === true,
    colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
    out: content => void process.stdout.write(content),
    err: text => void process.stderr.write(text),
    input: () => buffer(process.stdin),
    async secret(question) {
      const { createInterface } = await import('node:readline/promises')
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
      const line = createInterface({ input: process.stdin, output: nowhere, terminal: true })
      // At a terminal that shows nothing, Ctrl+C is a key like others.
      line.on('SIGINT', () => interrupt.abort())
      process.stderr.write(question)
      try {
        return await line.question('', { signal: interrupt.signal })
      } finally {
        line.close()
        process.stderr.write('\n')
      }
    },
    interrupted: interrupt.signal,
  }
}
