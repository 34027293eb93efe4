import type { Terminal } from '../cli/line/terminal.ts'

/** A terminal that nobody watches and that remembers what was printed. */
export class TestTerminal implements Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly interactive = false
  readonly #out: Buffer[] = []
  readonly #input: string
  readonly #interrupt = new AbortController()
  readonly #first = Promise.withResolvers<void>()
  printedErrors = ''

  constructor(env: Readonly<Record<string, string | undefined>> = {}, input = '') {
    this.env = env
    this.#input = input
  }

  get interrupted(): AbortSignal {
    return this.#interrupt.signal
  }

  /** Everything on standard output. */
  get printed(): string {
    return Buffer.concat(this.#out).toString('utf8')
  }

  /** Resolves with the first thing on standard output. */
  get firstOutput(): Promise<void> {
    return this.#first.promise
  }

  out(content: string | Uint8Array): void {
    this.#first.resolve()
    this.#out.push(Buffer.from(content as Uint8Array))
  }

  err(text: string): void {
    this.printedErrors += text
  }

  async input(): Promise<Uint8Array> {
    return Buffer.from(this.#input)
  }

  async secret(): Promise<string> {
    return this.#input.trimEnd()
  }

  /** What Ctrl+C does. */
  interrupt(): void {
    this.#interrupt.abort()
  }
}
