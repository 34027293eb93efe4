import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateRawSync } from 'node:zlib'
import { ArchiveError, type archiveLimits, readArchive, writeArchive } from './archive.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('an archive comes back as it was written, and the same files give the same bytes', async () => {
  const files = new Map([
    ['META-INF/MANIFEST.MF', bytes('Manifest-Version: 1.0\r\n')],
    ['src/main/resources/empty.txt', bytes('')],
    ['src/main/resources/scenarioflows/integrationflow/Mein Fluß.iflw', bytes('<x/>')],
  ])
  const zip = await writeArchive(files)
  assert.deepEqual(await writeArchive(files), zip)
  const read = await readArchive(zip)
  assert.deepEqual([...read.keys()], [...files.keys()])
  for (const [path, data] of files) assert.equal(Buffer.from(read.get(path) ?? []).compare(data), 0)
})

const renamed = (zip: Uint8Array, from: string, to: string) =>
  Buffer.from(Buffer.from(zip).toString('latin1').replaceAll(from, to), 'latin1')

test('a bad archive is refused whole, with a code and a message that says what was found', async t => {
  const small = await writeArchive(new Map([['aa/b.txt', bytes('hello hello hello hello')]]))
  const cases: ReadonlyArray<[string, Uint8Array, string, RegExp]> = [
    ['nothing', bytes(''), 'not-a-zip', /0 bytes/],
    ['text', bytes('this is not a zip'), 'not-a-zip', /17 bytes that are not a zip/],
    ['a truncated zip', small.subarray(0, 40), 'not-a-zip', /truncated or damaged/],
    ['a path that climbs out', renamed(small, 'aa/b.txt', '../b.txt'), 'unsafe-path', /\.\.\/b\.txt/],
    ['an absolute path', renamed(small, 'aa/b.txt', '/a/b.txt'), 'unsafe-path', /\/a\/b\.txt/],
    ['a damaged entry', damaged(small), 'broken-archive', /aa\/b\.txt|inval|incorrect/i],
    ['a bomb', await writeArchive(new Map([['z', new Uint8Array(8 * 1024 * 1024)]])), 'archive-bomb', /ratio/],
  ]
  for (const [name, zip, code, message] of cases) {
    await t.test(name, () =>
      assert.rejects(readArchive(zip), (error: unknown) => {
        assert.ok(error instanceof ArchiveError)
        assert.equal(error.code, code)
        assert.match(error.message, message)
        return true
      }),
    )
  }
})

test('a zip without a directory at its end is read entry by entry', async t => {
  const files = new Map([
    ['a.txt', bytes('hello hello hello')],
    ['b/c.txt', bytes('')],
    ['z', new Uint8Array(2 * 1024 * 1024)],
  ])
  const zip = Buffer.from(await writeArchive(files))
  const entries = zip.subarray(0, zip.indexOf('PK\x01\x02', 0, 'latin1'))
  const limits = { entriesMax: 3, totalBytesMax: 3 * 1024 * 1024, ratioMax: 10_000 }
  const read = await readArchive(entries, limits)
  assert.deepEqual([...read.keys()], [...files.keys()])
  for (const [path, data] of files) assert.equal(Buffer.from(read.get(path) ?? []).compare(data), 0)
  const cases: readonly (readonly [name: string, zip: Uint8Array, limits: typeof archiveLimits, code: string])[] = [
    ['cut off inside its last entry', entries.subarray(0, -9), limits, 'not-a-zip'],
    ['cut off inside its directory', zip.subarray(0, -40), limits, 'not-a-zip'],
    ['a path that climbs out', renamed(entries, 'b/c.txt', '../.txt'), limits, 'unsafe-path'],
    ['too many entries', entries, { ...limits, entriesMax: 2 }, 'archive-too-large'],
    ['too many bytes', entries, { ...limits, totalBytesMax: 2 * 1024 * 1024 }, 'archive-too-large'],
    ['a bomb', entries, { ...limits, ratioMax: 100 }, 'archive-too-large'],
    ['a damaged entry', damaged(entries), limits, 'broken-archive'],
  ]
  for (const [name, bad, some, code] of cases)
    await t.test(name, () => assert.rejects(readArchive(bad, some), { name: 'ArchiveError', code }))
})

/** An entry without a directory, whose header says this of its size. */
function streamed(name: string, data: Uint8Array, size = data.length): Buffer {
  const [header, packed] = [Buffer.alloc(30), deflateRawSync(data)]
  header.write('PK\x03\x04', 'latin1')
  header.writeUInt16LE(8, 8)
  header.writeUInt32LE(crc32(data), 14)
  header.writeUInt32LE(packed.length, 18)
  header.writeUInt32LE(size, 22)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, Buffer.from(name), packed])
}

test('sizes that headers without a directory make up are found before the next entry is unpacked', async () => {
  const data = new Uint8Array(500_000)
  const zip = Buffer.concat([streamed('a', data, 0), Buffer.from('never looked at')])
  await assert.rejects(readArchive(zip), { code: 'broken-archive', message: /size and checksum .* at "a"/ })
  const limits = { entriesMax: 9, totalBytesMax: 999_999, ratioMax: 10_000 }
  const large = Buffer.concat([streamed('a', data), streamed('b', data), Buffer.from('never looked at')])
  await assert.rejects(readArchive(large, limits), { code: 'archive-too-large', message: /999999 bytes .* at "b"/ })
})

test('a path that could not be written again is refused', async () => {
  await assert.rejects(readArchive(streamed('', bytes('x'))), { code: 'unsafe-path', message: /1 to 65535 bytes/ })
})

test('the number of entries and their total size are limited', async () => {
  const three = await writeArchive(new Map(['a', 'b', 'c'].map(name => [name, bytes('0123456789')])))
  const limits = { entriesMax: 3, totalBytesMax: 30, ratioMax: 100 }
  assert.equal((await readArchive(three, limits)).size, 3)
  await assert.rejects(readArchive(three, { ...limits, entriesMax: 2 }), { code: 'archive-too-large' })
  await assert.rejects(readArchive(three, { ...limits, totalBytesMax: 29 }), { code: 'archive-too-large' })
})

function damaged(zip: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(zip)
  copy[30 + 'aa/b.txt'.length + 2] = (copy[30 + 'aa/b.txt'.length + 2] ?? 0) ^ 0xff
  return copy
}
