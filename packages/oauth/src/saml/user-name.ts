import { isLikeClientUser } from '../clients/client-id.ts'

const namePattern = /^[^\s;:*\p{C}]([^;:*\p{C}]*[^\s;:*\p{C}])?$/u
const nameLengthMax = 128

/**
 * Why a user of an identity provider cannot have this name here; undefined when it can. Names are those that local users may
 * have, without invisible characters; clients have their own (RFC 9700 §4.15.1), and letters that become others in lower case
 * (UAX #15: those that NFKC replaces) would make two users one.
 */
export function userNameProblem(name: string): string | undefined {
  if (name.length > nameLengthMax) return `the user name is longer than ${nameLengthMax} characters`
  if (!namePattern.test(name)) return 'the user name is empty or has a character that names do not have'
  if (name.normalize('NFKC') !== name) return 'the user name is not in Unicode normalization form KC'
  if (isLikeClientUser(name)) return 'the user name is that of a client'
  return undefined
}
