import type { CustomFetch } from 'openid-client'

/** Far more than configurations, keys and tokens need. */
const answerBytesMax = 1_048_576

/** `fetch` for what identity providers answer: at most 1 MB, within the time that the caller's signal gives. */
export const boundedFetch: CustomFetch = async (url, options) => {
  const response = await fetch(url, options as RequestInit)
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of response.body ?? []) {
    bytes += piece.length
    if (bytes > answerBytesMax) throw new Error(`Expected at most ${answerBytesMax} bytes from ${new URL(url).host}`)
    pieces.push(piece)
  }
  const { status, headers } = response
  return new Response(bytes === 0 ? null : Buffer.concat(pieces), { status, headers })
}
