import { table } from '../line/table.ts'

/** Where the server's signing keys are. */
export const signingKeysPath = '/oauth2/api/v1/signing-keys'

/** The keys as the server lists them; times as ISO 8601. */
export interface ListedKeys {
  readonly keys: readonly {
    readonly kid: string
    readonly state: string
    readonly createdAt: string
    readonly signsFrom?: string
    readonly verifiesUntil?: string
  }[]
  readonly rotatesAt?: string
}

/** The keys for people to read. */
export function keyTable({ keys, rotatesAt }: ListedKeys): string {
  const rows = keys.map(({ kid, state, createdAt, signsFrom = '-', verifiesUntil = '-' }) => [
    kid,
    state,
    createdAt,
    signsFrom,
    verifiesUntil,
  ])
  const next = rotatesAt === undefined ? 'Keys rotate by hand only.' : `The next key takes over at ${rotatesAt}.`
  return `${table(['KEY', 'STATE', 'CREATED', 'SIGNS FROM', 'VERIFIES UNTIL'], rows)}${next}\n`
}
