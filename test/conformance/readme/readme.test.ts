import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

test("the README's quick start does what it says, by the command line and by curl", async t => {
  const [start = '', steps = '', curl = ''] = await quickStart()
  assert.match(start, /^npm ci\nexport SLUICE_ADMIN_PASSWORD=\S+\nnpm start\n$/)
  const password = /PASSWORD=(\S+)/.exec(start)?.[1] ?? ''
  for (const [name, script] of Object.entries({ 'the command line': steps, curl })) {
    await t.test(name, () => onFreshServer(password, script))
  }
})

/** Starts the server as the README says, but on a free port and in a folder of its own, and runs the script against it. */
async function onFreshServer(password: string, script: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-readme-'))
  const port = await freePort()
  const env = {
    ...process.env,
    SLUICE_ADMIN_PASSWORD: password,
    SLUICE_PORT: String(port),
    SLUICE_URL: `http://localhost:${port}`,
    SLUICE_DATA: folder,
  }
  const server = spawn('npm', ['start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  try {
    await untilLine(server, /^Next: /)
    const moved = script
      .replaceAll('localhost:8080', `localhost:${port}`)
      .replaceAll('cookies.txt', join(folder, 'cookies.txt'))
    assert.match(await bash(moved, env), /Hello, world!\s*$/)
  } finally {
    process.kill(-(server.pid ?? 0), 'SIGTERM')
    await once(server, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
}

test('the page about each way to authenticate does what it says', async () => {
  const page = await readFile(join(root, 'docs/operating/calling-flows.md'), 'utf8')
  const ways = page.slice(0, page.indexOf('## In the name of a person'))
  const [begin = '', ...rest] = blocksOf(ways, 'sh')
  const [start = ''] = blocksOf(ways, 'sh server')
  const folder = await mkdtemp(join(tmpdir(), 'sluice-ways-'))
  const port = await freePort()
  const moved = (script: string) =>
    script
      .replace('mkdir -p try && cd try', `cd ${folder}`)
      .replaceAll('npx sluice', `${process.execPath} ${root}packages/server/bin/sluice.js`)
      .replaceAll('../examples', `${root}examples`)
      .replaceAll('8443', String(port))
  await bash(moved(begin), process.env)
  const line = `cd ${folder} && ${moved(start).replace(process.execPath, `exec ${process.execPath}`)}`
  const server = spawn('bash', ['-c', line], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await untilLine(server, /^Next: /)
    const said = await bash(`cd ${folder}\n${moved(rest.join(''))}`, process.env)
    assert.equal(said.split('Hello, world!').length - 1, rest.length - 1, said)
  } finally {
    server.kill()
    if (server.exitCode === null) await once(server, 'exit')
    await rm(folder, { recursive: true, force: true })
  }
})

test('npm run demo shows the scenario and leaves nothing behind', async () => {
  const demo = spawn(process.execPath, ['tools/demo.ts'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const output = await text(demo.stdout)
  if (demo.exitCode === null) await once(demo, 'exit')
  assert.equal(demo.exitCode, 0)
  assert.match(
    output,
    /\$ curl -u demo:\S+ -X POST 'http:\/\/localhost:\d+\/oauth2\/api\/v1\/token\?grant_type=client_credentials'/,
  )
  assert.match(output, /"access_token":"[0-9a-f]{32}"/)
  assert.match(
    output,
    /\$ curl -X POST http:\/\/localhost:\d+\/http\/hello -H 'Authorization: Bearer [0-9a-f]{32}'\nHello, world!\n$/,
  )
  const folder = /data in (\S+)/.exec(output)?.[1] ?? ''
  await assert.rejects(readFile(join(folder, 'sluice.db')), { code: 'ENOENT' })
})

/** The shell blocks of the section "Quick start", in order. */
async function quickStart(): Promise<string[]> {
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  const section = /^## Quick start\n([\s\S]*?)^## /m.exec(readme)?.[1] ?? ''
  const blocks = blocksOf(section, 'sh')
  assert.equal(blocks.length, 3, 'start, four steps, the same with curl')
  return blocks
}

/** The blocks of a page with these words behind their first fence. */
function blocksOf(page: string, words: string): string[] {
  return [...page.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].flatMap(([, found, block = '']) =>
    found === words ? [block] : [],
  )
}

async function bash(script: string, env: NodeJS.ProcessEnv): Promise<string> {
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const output = await text(shell.stdout)
  if (shell.exitCode === null) await once(shell, 'exit')
  assert.equal(shell.exitCode, 0, output)
  return output
}

async function untilLine(child: ChildProcess, pattern: RegExp): Promise<void> {
  assert.ok(child.stdout)
  for await (const line of createInterface({ input: child.stdout })) if (pattern.test(line)) return
  assert.fail('the server ended before it was ready')
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  assert.ok(address && typeof address === 'object')
  probe.close()
  await once(probe, 'close')
  return address.port
}
