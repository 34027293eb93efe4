import type { Duplex } from 'node:stream'
import { deserialize, serialize } from 'node:v8'

const headBytes = 4

/** A value as it crosses between processes: its length in bytes (32 bits, least first), then what V8's serializer makes of it. */
export function frameOf(value: unknown): readonly [head: Buffer, body: Buffer] {
  const body = serialize(value)
  const head = Buffer.allocUnsafe(headBytes)
  head.writeUInt32LE(body.length)
  return [head, body]
}

/** Writes a frame in one go where the stream can. */
export function writeFrame(stream: Duplex, [head, body]: readonly [head: Buffer, body: Buffer]): void {
  stream.cork()
  stream.write(head)
  stream.write(body)
  stream.uncork()
}

/** Calls `receive` with the value of each frame that arrives. A large one is put together piece by piece, as they come. */
export function readFrames(stream: Duplex, receive: (value: never) => void): void {
  let frame = Buffer.allocUnsafe(headBytes)
  let isHead = true
  let filled = 0
  stream.on('data', (piece: Buffer) => {
    for (let at = 0; at < piece.length; ) {
      const count = piece.copy(frame, filled, at)
      at += count
      filled += count
      if (filled < frame.length) return
      const whole = frame
      frame = Buffer.allocUnsafe(isHead ? whole.readUInt32LE() : headBytes)
      isHead = !isHead
      filled = 0
      if (isHead) receive(deserialize(whole) as never)
    }
  })
}
