import { buffer } from 'node:stream/consumers'

/** Everything a command may ask of the process it runs in. Tests pass their own. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether a person watches standard error, so that progress makes sense. */
  readonly interactive: boolean
  /** Results, and nothing else. */
  out(content: string | Uint8Array): void
  /** Progress, hints and errors. */
  err(text: string): void
  /** All of standard input. */
  input(): Promise<Uint8Array>
  /** Aborted when the command is to end: Ctrl+C, or SIGTERM from whoever supervises it. A second signal ends it at once. */
  readonly interrupted: AbortSignal
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const interrupt = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort())
  return {
    env: process.env,
    interactive: process.stderr.isTTY === true,
    out: content => void process.stdout.write(content),
    err: text => void process.stderr.write(text),
    input: () => buffer(process.stdin),
    interrupted: interrupt.signal,
  }
}
