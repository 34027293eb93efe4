import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { commands } from '../src/cli/index.ts'
import { runLine } from '../src/cli/line/run-line.ts'
import { TestTerminal } from '../src/testing/index.ts'

const page: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Router</title>')
}
const redirect: RequestListener = (_request, response) => {
  response.writeHead(301, { location: 'https://elsewhere.example/' }).end()
}
const brokenOff: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 }).write('{"keys":[')
  setImmediate(() => response.destroy())
}

const answers: readonly (readonly [what: string, respond: RequestListener, problem: RegExp])[] = [
  ['another server', page, /Expected a Sluice server at http:\S+, found a web page/],
  ['a redirect', redirect, /Expected a Sluice server at http:\S+, found a redirect to https:\/\/elsewhere\.example\//],
  ['an answer that breaks off', brokenOff, /Expected a Sluice server at http:\S+, found an answer that broke off: /],
]

const lines: readonly (readonly string[])[] = [
  ['keys', 'list'],
  ['keys', 'revoke', 'x'],
  ['client-secret', 'list', 'orders'],
  ['status'],
  ['undeploy', 'x'],
  ['role', 'assign', 'ada', 'r'],
  ['audit-log'],
  ['audit-log', '--json'],
  ['token', '--client-id', 'orders', '--client-secret', 'x'],
]

test('a reader that has enough ends a command without a word', async () => {
  const bin = fileURLToPath(new URL('../bin/sluice.js', import.meta.url))
  const child = spawn(process.execPath, [bin, 'completion', 'fish'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  const [errors] = await Promise.all([text(child.stderr), once(child, 'exit')])
  assert.equal(errors, '')
})

/** `file` holds some text. */
const starts: readonly (readonly [what: string, flags: (file: string) => readonly string[], problem: RegExp])[] = [
  [
    'a certificate that is none',
    file => ['--tls-cert', file, '--tls-key', file],
    /^sluice: Expected PEM files of a certificate chain and its key [^\n]+\n$/,
  ],
  [
    'a name without an address',
    () => ['--host', 'a..b'],
    /^sluice: Expected an address of this machine in --host, found "a\.\.b", a name without any\.\n$/,
  ],
  ['a file instead of a directory', file => ['--data', file], /^sluice: ENOTDIR: not a directory, [^\n]+\n$/],
]

test('a start that cannot be ends with a sentence', async () => {
  const data = await mkdtemp(join(tmpdir(), 'sluice-start-'))
  try {
    const file = join(data, 'file')
    await writeFile(file, 'some text')
    for (const [what, flags, problem] of starts) {
      const terminal = new TestTerminal()
      const line = ['serve', '--port', '0', '--data', data, ...flags(file)]
      assert.equal(await runLine(commands, line, terminal), 1, what)
      assert.match(terminal.printedErrors, problem, what)
    }
  } finally {
    await rm(data, { recursive: true })
  }
})

for (const [what, respond, problem] of answers) {
  test(`${what} is told in a sentence`, async () => {
    const server = createServer(respond).listen(0, '127.0.0.1')
    try {
      await once(server, 'listening')
      const env = {
        SLUICE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        SLUICE_ADMIN_PASSWORD: 'x',
      }
      for (const line of lines) {
        const terminal = new TestTerminal(env)
        const code = await runLine(commands, line, terminal)
        assert.equal(code, 1, line.join(' '))
        assert.match(terminal.printedErrors, problem, line.join(' '))
      }
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
}
