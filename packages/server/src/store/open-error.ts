export type StoreOpenErrorCode = 'locked' | 'key-missing' | 'key-wrong' | 'newer' | 'damaged'

/** Why a data directory cannot be opened, for the operator: the message says what was found and what to do. */
export class StoreOpenError extends Error {
  readonly code: StoreOpenErrorCode

  constructor(code: StoreOpenErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreOpenError'
    this.code = code
  }
}
