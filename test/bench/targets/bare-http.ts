import { fileURLToPath } from 'node:url'
import { probe } from '../load.ts'
import { freePort, startProcess, waitUntil } from '../server-process.ts'
import type { Target } from '../target.ts'

const script = fileURLToPath(new URL('../peers/bare-http.js', import.meta.url))

/** Node's own HTTP server with a constant answer: the ceiling that every ratio refers to. */
export const bareHttp: Target = {
  name: 'bare-http',
  title: 'node:http, constant JSON',
  async start({ serverCore, directory }) {
    const port = await freePort()
    const process = startProcess({
      core: serverCore,
      args: [script, String(port)],
      logFile: `${directory}/bare-http.log`,
    })
    const request = {
      url: `http://127.0.0.1:${port}/`,
      method: 'POST' as const,
      headers: { 'content-type': 'application/json' },
      body: '{}',
      check: (body: string) => void JSON.parse(body),
    }
    await waitUntil(() => probe(request).then(() => true), process)
    return { process, request }
  },
}
