/** A case that cannot be run because of how it is written: whoever wrote it is told where. */
export class CaseProblem extends Error {
  readonly file: string
  /** 1-based. */
  readonly line: number

  constructor(message: string, file: string, line: number) {
    super(message)
    this.name = 'CaseProblem'
    this.file = file
    this.line = line
  }
}
