import { existsSync } from 'node:fs'
import { frameType, readFrames, writeFrame } from '../frames.ts'
import { readValue, ValueWriter } from '../values.ts'

/**
 * Answers as a JVM does, without a JVM. Requests say what to do: `process` answers the process ID, `exit` ends without an
 * answer, `hold` waits until the server has answered the upcall `release`. Ends at once where the file exists that it is
 * started with.
 */
const [, , barrier = ''] = process.argv
if (existsSync(barrier)) process.exit(7)

let released: (() => void) | undefined

readFrames(process.stdin, frame => {
  if (frame[0] === frameType.reply) released?.()
  else void perform((readValue(frame, 1, process, () => {}) as [kind: string])[0])
})
process.stdin.on('end', () => process.exit())
writeFrame(process.stdout, frameType.ready, [])

async function perform(kind: string): Promise<void> {
  if (kind === 'exit') process.exit(3)
  if (kind === 'hold') {
    send(frameType.upcall, ['release', []])
    await new Promise<void>(resolve => {
      released = resolve
    })
  }
  send(frameType.response, [true, process.pid, true])
}

function send(type: number, value: unknown): void {
  const writer = new ValueWriter()
  writer.write(value)
  writeFrame(process.stdout, type, writer.pieces())
}
