import type { logoTypes } from './branding-schemas.ts'

/** First bytes of each kind of image, in hexadecimal; `.` is any digit. */
const beginnings: Readonly<Record<(typeof logoTypes)[number], RegExp>> = {
  'image/png': /^89504e470d0a1a0a/,
  'image/jpeg': /^ffd8ff/,
  'image/gif': /^4749463[0-9a-f]{1}3[79]61/,
  'image/webp': /^52494646.{8}57454250/,
}

/** The media type of an image by its content, whatever it was said to be; undefined for what is none of them. */
export function logoTypeOf(content: Uint8Array): string | undefined {
  const start = Buffer.from(content.subarray(0, 12)).toString('hex')
  return Object.entries(beginnings).find(([, beginning]) => beginning.test(start))?.[0]
}
