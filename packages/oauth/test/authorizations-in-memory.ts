import type {
  AuthorizationStore,
  IssuedTokens,
  OpaqueToken,
  StoredAuthorization,
  UserAuthorization,
} from '../src/index.ts'

/** Authorizations with their codes and refresh tokens; access tokens go where those of the world are. */
export class AuthorizationsInMemory implements AuthorizationStore {
  readonly #tokens: Map<string, OpaqueToken>
  readonly #authorizations = new Map<number, StoredAuthorization>()
  readonly #codes = new Map<string, { id: number; isRedeemed: boolean }>()
  readonly #refreshTokens = new Map<string, { id: number; isUsed: boolean; tokenIssuedAt: number }>()
  #last = 0

  constructor(tokens: Map<string, OpaqueToken>) {
    this.#tokens = tokens
  }

  get size(): number {
    return this.#authorizations.size
  }

  async insert(code: Uint8Array, authorization: UserAuthorization): Promise<boolean> {
    this.#last += 1
    this.#authorizations.set(this.#last, { ...authorization, id: this.#last })
    this.#codes.set(hex(code), { id: this.#last, isRedeemed: false })
    return true
  }

  async findByCode(code: Uint8Array) {
    const found = this.#codes.get(hex(code))
    const authorization = found && this.#authorizations.get(found.id)
    return authorization && { ...authorization, isRedeemed: found.isRedeemed }
  }

  async redeem(id: number, tokens: IssuedTokens): Promise<boolean> {
    const code = [...this.#codes.values()].find(candidate => candidate.id === id)
    if (!code || code.isRedeemed || !this.#authorizations.has(id)) return false
    code.isRedeemed = true
    this.#issue(id, tokens)
    return true
  }

  async findByRefreshToken(token: Uint8Array) {
    const found = this.#refreshTokens.get(hex(token))
    const authorization = found && this.#authorizations.get(found.id)
    return authorization && { ...authorization, isUsed: found.isUsed, tokenIssuedAt: found.tokenIssuedAt }
  }

  async rotate(used: Uint8Array, tokens: IssuedTokens): Promise<boolean> {
    const found = this.#refreshTokens.get(hex(used))
    if (!found || found.isUsed || !this.#authorizations.has(found.id)) return false
    found.isUsed = true
    this.#issue(found.id, tokens)
    return true
  }

  async end(id: number): Promise<boolean> {
    for (const [key, { authorization }] of this.#tokens) if (authorization === id) this.#tokens.delete(key)
    return this.#authorizations.delete(id)
  }

  #issue(id: number, { accessToken, refreshToken, refreshBinding }: IssuedTokens): void {
    const authorization = this.#authorizations.get(id)
    if (authorization && refreshBinding)
      this.#authorizations.set(id, { ...authorization, confirmation: refreshBinding })
    this.#tokens.set(hex(accessToken.key), accessToken)
    this.#refreshTokens.set(hex(refreshToken), { id, isUsed: false, tokenIssuedAt: accessToken.issuedAt })
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
