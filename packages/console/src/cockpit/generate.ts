/** As many random bytes, in hexadecimal. Unlike `crypto.randomUUID` this also works where the console came over plain HTTP. */
function randomHex(bytes: number): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

/** A random UUID (version 4, RFC 9562 §5.4). */
export function randomUuid(): string {
  const variant = (digit: string) => '89ab'.charAt(Number.parseInt(digit, 16) & 3)
  return randomHex(16).replace(
    /^(.{8})(.{4}).(.{3})(.)(.{3})(.{12})$/,
    (_, a, b, c, digit, d, e) => `${a}-${b}-4${c}-${variant(digit)}${d}-${e}`,
  )
}

/** A secret of 256 random bits. */
export function randomSecret(): string {
  return randomHex(32)
}
