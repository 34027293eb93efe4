/** A PEM text (RFC 7468) with a line end behind its last line. */
export function pemOf(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** The contents of all blocks of a PEM text with this label. */
export function pemBlocks(text: string, label: string): Uint8Array[] {
  const blocks = text.matchAll(new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`, 'g'))
  return Array.from(blocks, ([, base64 = '']) => new Uint8Array(Buffer.from(base64, 'base64')))
}

/** The bytes of a file that an API takes as text: PEM as it is, everything else as base64. */
export function bytesOfText(text: string): Uint8Array {
  return new Uint8Array(text.includes('-----BEGIN') ? Buffer.from(text) : Buffer.from(text, 'base64'))
}
