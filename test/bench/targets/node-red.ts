import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { probe } from '../load.ts'
import { freePort, startProcess, waitUntil } from '../server-process.ts'
import type { Target } from '../target.ts'

const peer = (path: string) => fileURLToPath(new URL(`../peers/${path}`, import.meta.url))
const token = '8271a067126f0aa93b46c2fe07c6880a'
const answer = 'Hello, world!'

/**
 * Node-RED: http in → function that compares the bearer with a constant → template → http out. It keeps no
 * log. Its settings are the defaults, editor included.
 */
export const nodeRed: Target = {
  name: 'node-red',
  title: 'Node-RED, bearer compared, no log',
  async start({ serverCore, directory }) {
    const port = await freePort()
    const home = `${directory}/node-red`
    await mkdir(home)
    // Its settings file is CommonJS, whatever the package around it says.
    await writeFile(`${home}/package.json`, '{ "type": "commonjs" }')
    await copyFile(peer('node-red-flows.json'), `${home}/flows.json`)
    const process = startProcess({
      core: serverCore,
      args: [
        peer('node_modules/node-red/red.js'),
        ...['--userDir', home, '--port', String(port), '--define', 'uiHost=127.0.0.1'],
      ],
      env: { BENCH_TOKEN: token, NODE_RED_DISABLE_TELEMETRY: 'true' },
      logFile: `${directory}/node-red.log`,
    })
    const request = {
      url: `http://127.0.0.1:${port}/http/hello`,
      method: 'POST' as const,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
      body: 'Hi',
      check(body: string) {
        if (body !== answer) throw new Error(`Expected "${answer}", found "${body}"`)
      },
    }
    await waitUntil(() => probe(request).then(() => true), process)
    return { process, request }
  },
}
