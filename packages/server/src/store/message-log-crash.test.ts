import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { inDirectory } from './each-database.test.ts'
import { openStore } from './open.ts'

/** Records logs with details as fast as it can, and prints how many are committed. */
const program = (directory: string) => `
  const { openStore } = await import(${JSON.stringify(new URL('./open.ts', import.meta.url).href)})
  const { messageLogs } = await openStore({ dataDirectory: ${JSON.stringify(directory)} })
  for (let count = 0; ; ) {
    for (let index = 0; index < 50; index++, count++) {
      messageLogs.record({
        messageGuid: 'g' + count, correlationId: 'g', artifactId: 'a', artifactName: 'a', packageId: 'p', status: 'COMPLETED',
        logStart: count, logEnd: count,
        details: {
          customHeaders: [['n', String(count)]],
          adapterAttributes: [],
          attachments: [{ name: 'a', contentType: 'text/plain', content: Buffer.from(String(count)) }],
        },
      })
    }
    await messageLogs.flush()
    console.log(count)
  }
`

test('kill -9 loses no committed log and none of its details, and leaves no details without a log', () =>
  inDirectory(async directory => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program(directory)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let committed = 0
    for await (const line of createInterface({ input: child.stdout })) {
      committed = Number(line)
      if (committed >= 1_000) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    assert.ok(committed >= 1_000)
    const store = await openStore({ dataDirectory: directory })
    try {
      const { messageLogs } = store
      const found = await messageLogs.list({ orderBy: [{ property: 'LogEnd', descending: false }] })
      assert.ok(found.length >= committed)
      const headers = await messageLogs.customHeaders.list({})
      const attachments = await messageLogs.attachments.list({})
      const guids = new Set(found.map(({ messageGuid }) => messageGuid))
      for (const details of [headers, attachments]) {
        assert.deepEqual(new Set(details.map(({ messageGuid }) => messageGuid)), guids)
      }
      const last = `g${committed - 1}`
      assert.equal(headers.find(({ messageGuid }) => messageGuid === last)?.value, String(committed - 1))
      const content = await messageLogs.findAttachmentContent(`${last}.1`)
      assert.equal(Buffer.from(content ?? []).toString(), String(committed - 1))
    } finally {
      await store.close()
    }
  }))
