/** The form in which addresses are compared: a leading `/` is added where it is missing. */
export function canonicalAddress(address: string): string {
  const trimmed = address.trim()
  return trimmed.startsWith('/') ? trimmed : `/${trimmed}`
}
