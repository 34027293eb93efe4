/** An address of a sender channel from the ID of an artifact, which may hold blanks and letters of any language. */
export function addressFrom(id: string): string {
  return `/${id.replace(/[^\w.~-]+/g, '-')}`
}
