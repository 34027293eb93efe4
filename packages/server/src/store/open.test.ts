import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { mock, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { client, inDirectory, messageLog, stoppedTimers, token } from './each-database.test.ts'
import { migrations } from './migrations/index.ts'
import { openStore } from './open.ts'
import type { Store } from './store.ts'
import { holdDatabase } from './testing/hold-database.ts'

const open = (dataDirectory: string): Promise<Store> => openStore({ dataDirectory, timers: stoppedTimers })

async function created(dataDirectory: string): Promise<void> {
  const store = await open(dataDirectory)
  await store.clients.create(client('a'), 'hash')
  await store.keys.put('signing', new Uint8Array([1, 2, 3]))
  store.messageLogs.record(messageLog('g1'))
  await store.close()
}

test('what was stored is there after the store is closed and opened again', () =>
  inDirectory(async path => {
    await created(path)
    const store = await open(path)
    assert.deepEqual(await store.clients.find('a'), client('a'))
    assert.deepEqual(await store.keys.find('signing'), new Uint8Array([1, 2, 3]))
    assert.deepEqual(await store.messageLogs.find('g1'), messageLog('g1'))
    await store.close()
  }))

test('nobody but the owner can read the data directory', () =>
  inDirectory(async path => {
    const data = join(path, 'new', 'data')
    const store = await open(data)
    await store.clients.create(client('a'), undefined)
    const mode = (name: string) => (statSync(join(data, name)).mode & 0o777).toString(8)
    assert.equal(mode('.'), '700')
    for (const name of ['sluice.db', 'sluice.db-wal', 'sluice.key', 'sluice.lock'])
      assert.equal(mode(name), '600', name)
    assert.equal(statSync(join(data, 'sluice.key')).size, 32)
    await store.close()
  }))

test('a data directory that cannot be made is refused by what the system says', () =>
  inDirectory(async path => {
    writeFileSync(join(path, 'file'), '')
    await assert.rejects(open(join(path, 'file', 'data')), { code: 'ENOTDIR', syscall: 'mkdir' })
  }))

const hasProc = process.platform === 'linux' ? {} : { skip: 'only Linux has /proc' }

test('so is one where the system answers as if the parent were missing', hasProc, () =>
  assert.rejects(open('/proc/sluice/data'), { code: 'ENOENT', syscall: 'mkdir', path: '/proc/sluice' }),
)

test('keys are not in the files in clear', () =>
  inDirectory(async path => {
    const store = await open(path)
    await store.keys.put('signing', Buffer.from('correct horse battery staple'))
    await store.close()
    assert.equal(readFileSync(join(path, 'sluice.db')).includes('correct horse'), false)
  }))

test('a sealed key cannot be moved to another name', () =>
  inDirectory(async path => {
    await created(path)
    const database = new DatabaseSync(join(path, 'sluice.db'))
    database.exec(`update sealed_keys set name = 'other' where name = 'signing'`)
    database.close()
    const store = await open(path)
    await assert.rejects(store.keys.find('other'), /Expected the key "other" as it was sealed/)
    await store.close()
  }))

const refusals: { name: string; damage: (path: string) => void; code: string; message: RegExp }[] = [
  {
    name: 'the key file is missing',
    damage: path => rmSync(join(path, 'sluice.key')),
    code: 'key-missing',
    message: /sluice\.key beside the database .*sluice\.db, found none\. Restore it/,
  },
  {
    name: 'the key file is another one',
    damage: path => writeFileSync(join(path, 'sluice.key'), Buffer.alloc(32)),
    code: 'key-wrong',
    message: /found another one\. Restore database and key file from the same backup/,
  },
  {
    name: 'the key file is cut off',
    damage: path => writeFileSync(join(path, 'sluice.key'), Buffer.alloc(31)),
    code: 'key-wrong',
    message: /Expected 32 bytes in .*sluice\.key, found 31/,
  },
  {
    name: 'the database is not one',
    damage: path =>
      writeFileSync(join(path, 'sluice.db'), 'not a database, but long enough to be read as one'.repeat(100)),
    code: 'damaged',
    message: /sluice\.db to be a Sluice database, found a file SQLite cannot read/,
  },
  {
    name: 'the database is cut off',
    damage: path => writeFileSync(join(path, 'sluice.db'), readFileSync(join(path, 'sluice.db')).subarray(0, 8192)),
    code: 'damaged',
    message: /Restore it and sluice\.key from the same backup/,
  },
  {
    name: 'the database is of a newer version',
    damage: path => {
      const database = new DatabaseSync(join(path, 'sluice.db'))
      database.exec(`insert into applied_migrations values ('9999-telepathy', 0)`)
      database.close()
    },
    code: 'newer',
    message: /found one with migration 9999-telepathy\. Start the newer version/,
  },
]

for (const { name, damage, code, message } of refusals) {
  test(`a data directory is refused when ${name}, and free afterwards`, () =>
    inDirectory(async path => {
      await created(path)
      damage(path)
      await assert.rejects(open(path), { name: 'StoreOpenError', code, message })
      await assert.rejects(open(path), { name: 'StoreOpenError', code, message })
    }))
}

test('a directory in use is refused with the pid of its user, and the user does not notice', () =>
  inDirectory(async path => {
    const store = await open(path)
    const locked = { code: 'locked', message: new RegExp(`in use by the process with pid ${process.pid}\\.`) }
    await assert.rejects(open(path), locked)
    await assert.rejects(open(path), locked)
    await store.clients.create(client('a'), undefined)
    await store.close()
    await (await open(path)).close()
  }))

test('a lock file that cannot be used is not taken for a directory in use', () =>
  inDirectory(async path => {
    writeFileSync(join(path, 'sluice.lock'), 'not a lock, but long enough to be read as one'.repeat(20))
    await assert.rejects(open(path), /file is not a database/)
  }))

test('the migrations are named in the order they are applied, and applied once', () =>
  inDirectory(async path => {
    await created(path)
    await created(path).catch(() => {})
    const database = new DatabaseSync(join(path, 'sluice.db'))
    const applied = database
      .prepare('select name from applied_migrations order by name')
      .all()
      .map(row => row.name)
    database.close()
    assert.deepEqual(
      applied,
      migrations.map(({ name }) => name),
    )
    for (const name of applied) assert.match(String(name), /^\d{4}-[a-z-]+$/)
  }))

test('while another process writes, others are served, and what is to be written waits for its end', () =>
  inDirectory(async path => {
    const store = await open(path)
    await store.clients.create(client('a'), undefined)
    await store.probe()
    const release = holdDatabase(path)
    const written = [
      store.clients.create(client('b'), undefined),
      store.transaction(parts => parts.clients.create(client('c'), undefined)),
    ]
    for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setImmediate(resolve))
    assert.ok(await store.clients.find('a'))
    assert.equal(await store.clients.find('b'), undefined)
    await assert.rejects(store.probe(), /database is locked/)
    release()
    await Promise.all(written)
    await store.probe()
    assert.ok((await store.clients.find('b')) && (await store.clients.find('c')))
    await store.close()
  }))

test('what has waited too long for another process is refused, all of it at once', () =>
  inDirectory(async path => {
    const store = await open(path)
    await store.clients.create(client('a'), undefined)
    const release = holdDatabase(path)
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      const written = Promise.allSettled([
        store.clients.create(client('b'), undefined),
        ...[1, 2, 3].map(seed => store.tokens.insert(token(seed, 'a'))),
      ])
      let isSettled = false
      const settled = written.finally(() => {
        isSettled = true
      })
      let waited = 0
      for (; !isSettled; waited += 20) {
        for (let turn = 0; turn < 4; turn++) await new Promise(resolve => setImmediate(resolve))
        mock.timers.tick(20)
      }
      assert.ok(waited >= 4_900 && waited < 6_000, `found ${waited} ms`)
      assert.deepEqual(new Set((await settled).map(({ status }) => status)), new Set(['rejected']))
    } finally {
      mock.timers.reset()
    }
    release()
    await store.clients.create(client('b'), undefined)
    await store.close()
  }))

/** Stores tokens and logs without end, and prints the number of each when it is told that it is stored. */
const endlessWriter = `
  const [storeUrl, fixturesUrl, dataDirectory] = process.argv.slice(1)
  const { openStore } = await import(storeUrl)
  const { client, token, messageLog } = await import(fixturesUrl)
  const store = await openStore({ dataDirectory })
  await store.clients.create(client('a'), undefined)
  console.log('pid', process.pid)
  let next = 0
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (;;) {
      const seed = next++
      store.messageLogs.record(messageLog('g' + seed))
      await Promise.all([store.tokens.insert(token(seed, 'a')), store.messageLogs.flush()])
      console.log(seed)
    }
  }))
`

test('kill -9 loses nothing that was acknowledged, and leaves no lock behind', () =>
  inDirectory(async path => {
    const urls = ['open.ts', 'each-database.test.ts'].map(name => pathToFileURL(join(import.meta.dirname, name)).href)
    const child = spawn(process.execPath, ['--input-type=module', '-e', endlessWriter, ...urls, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(child, 'exit')
    const acknowledged: number[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('pid')) await assert.rejects(open(path), { code: 'locked', message: new RegExp(line) })
      else if (acknowledged.push(Number(line)) === 500) child.kill('SIGKILL')
    }
    await exited
    const store = await open(path)
    const kept = new Set(
      (await store.tokens.list({ limit: 1_000_000 })).map(({ key }) => Buffer.from(key).readUInt32BE(28)),
    )
    assert.ok(acknowledged.length >= 500)
    for (const seed of acknowledged) {
      assert.ok(kept.has(seed), `token ${seed}`)
      assert.ok(await store.messageLogs.find(`g${seed}`), `log ${seed}`)
    }
    await store.close()
  }))
