/** One character per byte, so that positions agree and nothing is lost whatever the encoding. */
export function toBinaryText(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 8192)
    text += String.fromCharCode(...bytes.subarray(start, start + 8192))
  return text
}

/** The reverse; every character must be below U+0100. */
export function fromBinaryText(text: string): Uint8Array {
  return Uint8Array.from(text, char => char.charCodeAt(0))
}
