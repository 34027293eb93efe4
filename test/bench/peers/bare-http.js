import { createServer } from 'node:http'

// The ceiling: what Node answers when there is nothing to do but answer.
const body = JSON.stringify({ hello: 'world' })
const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }

createServer((request, response) => {
  request.resume()
  response.writeHead(200, headers).end(body)
}).listen(Number(process.argv[2]), '127.0.0.1')
