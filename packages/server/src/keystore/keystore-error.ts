/** Key material that cannot be used: the fault of whoever gave it. The message says what was expected and holds nothing secret. */
export class KeystoreError extends Error {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options)
    this.name = 'KeystoreError'
  }
}
