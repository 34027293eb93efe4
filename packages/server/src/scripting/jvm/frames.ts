import type { Readable, Writable } from 'node:stream'

/** The byte after a frame's length. The same as in `groovy/host/sluice/worker/Channel.groovy`. */
export const frameType = { ready: 0, request: 1, response: 2, upcall: 3, reply: 4, parting: 5 } as const

/** Writes length (32 bits, most significant byte first), type and value in one go. */
export function writeFrame(stream: Writable, type: number, pieces: readonly Buffer[]): void {
  const [only] = pieces
  const length = pieces.reduce((sum, piece) => sum + piece.length, 1)
  const head = Buffer.allocUnsafe(5)
  head.writeUInt32BE(length)
  head[4] = type
  if (pieces.length === 1 && only !== undefined && length < 65_536) {
    stream.write(Buffer.concat([head, only]))
    return
  }
  stream.cork()
  stream.write(head)
  for (const piece of pieces) stream.write(piece)
  stream.uncork()
}

/** Calls `receive` with each frame that arrives: its type, then its value. Large ones are put together as they come. */
export function readFrames(stream: Readable, receive: (frame: Buffer) => void): void {
  const head = Buffer.allocUnsafe(4)
  let frame: Buffer | undefined
  let filled = 0
  stream.on('data', (piece: Buffer) => {
    for (let at = 0; at < piece.length; ) {
      if (frame === undefined && filled === 0 && piece.length - at >= 4) {
        // Most frames come whole: they need no buffer of their own.
        const end = at + 4 + piece.readUInt32BE(at)
        if (end <= piece.length) {
          receive(piece.subarray(at + 4, end))
          at = end
          continue
        }
      }
      const target = frame ?? head
      const count = piece.copy(target, filled, at)
      at += count
      filled += count
      if (filled < target.length) return
      filled = 0
      if (frame === undefined) {
        frame = Buffer.allocUnsafe(head.readUInt32BE())
      } else {
        receive(frame)
        frame = undefined
      }
    }
  })
}
