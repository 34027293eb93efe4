import type { BinaryParameter, KeyPair, Keystore, PartnerDirectory } from '../ports.ts'

/** What the fake world's partner directory holds. */
export interface FakePartners {
  /** By `PARTNER/ID`. */
  readonly stringParameters?: Readonly<Record<string, string>>
  /** By `PARTNER/ID`. */
  readonly binaryParameters?: Readonly<Record<string, BinaryParameter>>
  /** Partners by `AGENCY/SCHEME/ID`. */
  readonly alternativePartners?: Readonly<Record<string, string>>
  /** Partners by user, in lower case. */
  readonly authorizedUsers?: Readonly<Record<string, string>>
}

/** A keystore that holds what it is given. */
export function fakeKeystore(entries: Readonly<Record<string, KeyPair | Uint8Array>> = {}): Keystore {
  const find = (alias: string) =>
    Object.entries(entries).find(([name]) => name.toLowerCase() === alias.toLowerCase())?.[1]
  return {
    aliases: async () => Object.keys(entries).sort(),
    async certificates(alias) {
      const found = find(alias)
      return found instanceof Uint8Array ? [found] : found?.certificates
    },
    async keyPair(alias) {
      const found = find(alias)
      return found instanceof Uint8Array ? undefined : found
    },
  }
}

/** A partner directory that holds what it is given. */
export function fakePartnerDirectory({
  stringParameters = {},
  binaryParameters = {},
  alternativePartners = {},
  authorizedUsers = {},
}: FakePartners = {}): PartnerDirectory {
  return {
    stringParameter: async (partnerId, id) => stringParameters[`${partnerId}/${id}`],
    binaryParameter: async (partnerId, id) => binaryParameters[`${partnerId}/${id}`],
    partnerId: async (agency, scheme, id) => alternativePartners[`${agency}/${scheme}/${id}`],
    async alternativePartnerId(agency, scheme, partnerId) {
      const prefix = `${agency}/${scheme}/`
      const ids = Object.keys(alternativePartners).filter(key => key.startsWith(prefix))
      return ids
        .sort()
        .find(key => alternativePartners[key] === partnerId)
        ?.slice(prefix.length)
    },
    partnerIdOfAuthorizedUser: async user => authorizedUsers[user.toLowerCase()],
    authorizedUsers: async partnerId =>
      Object.keys(authorizedUsers)
        .filter(user => authorizedUsers[user] === partnerId)
        .sort(),
  }
}
