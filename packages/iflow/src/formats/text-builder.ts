const piecesMax = 1024

/**
 * Puts a long text together from many short pieces. Adding to a string would keep every piece alive until the end, which
 * the garbage collector has to look at again and again.
 */
export class TextBuilder {
  readonly #chunks: string[] = []
  #pieces: string[] = []

  add(piece: string): void {
    this.#pieces.push(piece)
    if (this.#pieces.length < piecesMax) return
    this.#chunks.push(this.#pieces.join(''))
    this.#pieces = []
  }

  /** Everything that was added. */
  text(): string {
    return this.#chunks.join('') + this.#pieces.join('')
  }
}
