/** Something is wrong at a key of the case. */
export class WrongCase extends Error {
  readonly path: readonly string[]

  constructor(message: string, path: readonly string[]) {
    super(message)
    this.name = 'WrongCase'
    this.path = path
  }
}
