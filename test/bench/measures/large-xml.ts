import { request } from 'node:http'
import { largeXml, orders, writeFlow } from '../engine/flows.ts'
import { clientId, clientSecret, setUpFlow, startSluice } from '../sluice-server.ts'
import type { Place } from '../target.ts'

const megabyte = 1_000_000
const messageBytes = 100 * megabyte

export interface LargeXmlResult {
  readonly seconds: number
  /** Of the server, at its peak. */
  readonly peakBytes: number
  /** Of processes that it started, at the end. */
  readonly childrenBytes: number
}

/** One message of 100 MB, sent as it is made, to a flow that splits it into 170,000 parts. */
export async function measureLargeXml(place: Place, say: (progress: string) => void): Promise<LargeXmlResult> {
  say('large-xml: starting Sluice')
  const server = await startSluice(place.serverCore, `${place.directory}/large-xml`)
  await setUpFlow(server, largeXml.name, await writeFlow(largeXml, place.directory))
  const token = await server.tenant.issueToken(clientId, clientSecret)
  say('large-xml: sending 100 MB')
  const began = performance.now()
  const status = await send(`${server.url}/http/${largeXml.name}`, token)
  const seconds = (performance.now() - began) / 1000
  if (status >= 300) throw new Error(`Expected 2xx, found ${status}`)
  const { peakBytes, childrenBytes } = server.process.memory()
  await server.process.stop()
  return { seconds, peakBytes, childrenBytes }
}

const partsPerPiece = 1_000
const note = `<note>${'text '.repeat(100)}</note>`

function send(url: string, token: string): Promise<number> {
  const [open = '', ...rest] = orders(partsPerPiece, note).split(/(?<=<orders[^>]*>)/)
  const parts = Buffer.from(rest.join('').replace('</orders>', ''))
  const count = Math.floor(messageBytes / parts.length)
  const close = '</orders>'
  const length = open.length + count * parts.length + close.length
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/xml', 'content-length': length }
    const call = request(url, { method: 'POST', headers }, response => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    })
    call.on('error', reject)
    call.write(open)
    let sent = 0
    const go = () => {
      while (sent < count) {
        sent += 1
        if (!call.write(parts)) return void call.once('drain', go)
      }
      call.end(close)
    }
    go()
  })
}
