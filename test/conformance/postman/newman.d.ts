declare module 'newman' {
  /** The parts of newman's interface that the test uses; the package brings no types. */
  export interface RunOptions {
    readonly collection: object
    readonly environment: object
    readonly envVar: readonly { readonly key: string; readonly value: string }[]
  }

  export interface RunSummary {
    readonly run: {
      readonly stats: {
        /** Skipped ones do not count. */
        readonly requests: { readonly total: number }
        readonly assertions: { readonly total: number }
      }
      readonly failures: readonly RunFailure[]
    }
  }

  export interface RunFailure {
    readonly source?: { readonly name: string }
    readonly error: { readonly name: string; readonly message: string; readonly test?: string }
  }

  /** One run, under way. */
  export interface Run {
    on(
      event: 'request',
      listener: (
        error: Error | null,
        exchange: { readonly response: { readonly code: number; text(): string } },
      ) => void,
    ): Run
  }

  const newman: { run(options: RunOptions, done: (error: Error | null, summary: RunSummary) => void): Run }
  export default newman
}
