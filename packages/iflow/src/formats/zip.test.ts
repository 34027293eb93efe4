import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { decompressedMax, decompressionLimits, gunzip } from './gzip.ts'
import { listZip, makeZip, zipEntriesMax } from './zip.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)

test('files survive the way into an archive and back', async () => {
  const file = fc.record({
    name: fc.string({ minLength: 1, unit: 'grapheme-ascii' }).map(name => `${name}.x`),
    bytes: fc.uint8Array(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 3 }), async files => {
      const entries = listZip(await makeZip(files, 0))
      const read = await Promise.all(entries.map(async entry => ({ name: entry.name, bytes: await entry.read() })))
      assert.deepEqual(
        read,
        files.map(one => ({ ...one })),
      )
    }),
    { numRuns: 30 },
  )
})

test('archives are those of other people', async () => {
  const zip = await makeZip([{ name: 'ä.txt', bytes: bytesOf('Grüße') }], Date.UTC(2025, 2, 14, 15, 9, 26))
  const program =
    'import sys,zipfile,io; z=zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())); i=z.infolist()[0]; print(i.filename, z.testzip(), i.date_time, z.read(i).decode())'
  let out: string
  try {
    out = execFileSync('python3', ['-c', program], { input: zip, encoding: 'utf8', env: { PYTHONIOENCODING: 'utf-8' } })
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return
    throw error
  }
  assert.equal(out.trim(), 'ä.txt None (2025, 3, 14, 15, 9, 26) Grüße')
})

/** An archive by hand, to be wrong in. */
function archive(
  content: Uint8Array,
  method: number,
  { flags = 0, checksum = crc32(content), size = content.length } = {},
) {
  const packed = method === 8 ? deflateRawSync(content) : content
  const head = Buffer.alloc(26)
  head.writeUInt16LE(20, 0)
  head.writeUInt16LE(flags, 2)
  head.writeUInt16LE(method, 4)
  head.writeUInt32LE(checksum, 10)
  head.writeUInt32LE(packed.length, 14)
  head.writeUInt32LE(size, 18)
  head.writeUInt16LE(1, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), head, Buffer.from('a'), packed])
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, Buffer.alloc(14), Buffer.from('a')])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

test('files that are not packed are read', async () => {
  const content = bytesOf('x'.repeat(200_000))
  assert.deepEqual(await listZip(archive(content, 0))[0]?.read(), content)
  assert.equal(textOf(await listZip(archive(bytesOf(''), 0))[0]?.read()), '')
})

const hello = bytesOf('hello')
const damaged: readonly [what: string, zip: Uint8Array][] = [
  ['nothing', new Uint8Array()],
  ['other bytes', bytesOf('x'.repeat(100_000))],
  ['an archive that is cut off', archive(hello, 8).subarray(0, -30)],
  ['an archive without its start', archive(hello, 8).subarray(10)],
  ['a wrong checksum', archive(hello, 8, { checksum: 1 })],
  ['a wrong checksum of a file that is not packed', archive(hello, 0, { checksum: 1 })],
  ['a wrong size', archive(hello, 8, { size: 4 })],
  ['an encrypted file', archive(hello, 8, { flags: 1 })],
  ['a file packed by another method', archive(hello, 14)],
]

for (const [what, zip] of damaged) {
  test(`${what} is a failure`, async () => {
    await assert.rejects(async () => listZip(zip)[0]?.read(), { name: 'Failure', code: 'decoding' })
  })
}

test('however an archive is damaged, reading it is a failure or gives the content', async () => {
  const zip = archive(hello, 8)
  for (let at = 0; at < zip.length; at += 1) {
    const broken = Buffer.from(zip)
    broken[at] = (broken[at] ?? 0) ^ 0xff
    try {
      const [entry] = listZip(broken)
      assert.equal(textOf(await entry?.read()), entry === undefined ? '' : 'hello')
    } catch (error) {
      assert.match((error as { code: string }).code, /^(decoding|size-limit)$/, `byte ${at}: ${error}`)
    }
  }
})

test('a bomb ends at its limit, whatever it says about its size', async () => {
  const bomb = archive(new Uint8Array(decompressionLimits.bytesMin * 3), 8, { size: 10 })
  assert.ok(bomb.length < 50_000)
  await assert.rejects(async () => listZip(bomb)[0]?.read(), { code: 'size-limit' })
  await assert.rejects(gunzip([gzipSync(new Uint8Array(decompressionLimits.bytesMin + 1))]), { code: 'size-limit' })
  assert.equal(decompressedMax(decompressionLimits.bytesMax), decompressionLimits.bytesMax)
})

test('an archive of too many entries is a failure before any is read', () => {
  const zip = archive(hello, 8)
  zip.writeUInt16LE(zipEntriesMax + 1, zip.length - 12)
  assert.throws(() => listZip(zip), { code: 'size-limit' })
})

test('what follows GZIP, is missing from it or stands in its place is a failure', async () => {
  const one = gzipSync('one')
  assert.equal(textOf(await gunzip([one])), 'one')
  for (const wrong of [Buffer.concat([one, hello]), one.subarray(0, -3), hello, new Uint8Array()]) {
    await assert.rejects(gunzip([wrong]), { code: 'decoding' })
  }
})
