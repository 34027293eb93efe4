import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Connection } from './connection.ts'

/** Requests of one connection that are worked on at a time, beside the one that is answered next. */
const underWayMax = 100

/** What one connection has sent before it got the answers to what came before. */
interface Line {
  underWay: number
  readonly waiting: (() => void)[]
}

const lines = new WeakMap<Connection, Line>()

/**
 * Has `work` done on a request that may have been sent before the one before it was answered (RFC 9112 §9.3.2): at once, or where
 * there are too many of them, in its turn. Nothing more is read from a connection while one of its requests waits.
 */
export function inLine(request: IncomingMessage, response: ServerResponse, work: () => void): void {
  const socket: Connection = request.socket
  // Nearly always: nothing is before it.
  if (socket._httpMessage === response) {
    work()
    return
  }
  const line = lines.get(socket) ?? startLine(socket)
  response.once('finish', () => leave(line, socket))
  if (line.underWay < underWayMax) {
    line.underWay++
    work()
  } else {
    line.waiting.push(work)
    socket.pause()
  }
}

function startLine(socket: Connection): Line {
  const line: Line = { underWay: 0, waiting: [] }
  lines.set(socket, line)
  // Node reads on when answers have left.
  socket.on('resume', () => {
    if (line.waiting.length > 0) socket.pause()
  })
  return line
}

function leave(line: Line, socket: Connection): void {
  const next = line.waiting.shift()
  if (!next) {
    line.underWay--
    return
  }
  if (line.waiting.length === 0) socket.resume()
  next()
}
