import { gzipSync } from 'node:zlib'
import type { NodeSketch } from '@sluice/iflow/testing'
import { writeArchive } from '../src/runtime/archive.ts'
import { type BadMessages, describeBadMessages } from './bad-messages.ts'

const mebibyte = 1024 * 1024

const bad = (type: string, properties: Readonly<Record<string, string>> = {}): readonly NodeSketch[] => [
  { id: 'Bad', type, properties },
]

/** A block that says how large the file behind it is (POSIX.1-2017, pax, "ustar Interchange Format"). */
function tarHeader(size: number): Buffer {
  const header = Buffer.alloc(512)
  header.write('file', 0)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write('        ', 148)
  header.write('0', 156)
  const checksum = header.reduce((sum, byte) => sum + byte, 0)
  header.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** Says that it has more entries than it has. */
function withEntries(zip: Uint8Array, count: number): Uint8Array {
  const changed = Buffer.from(zip)
  changed.writeUInt16LE(count, changed.length - 12)
  return changed
}

async function flows(): Promise<readonly BadMessages[]> {
  const small = await writeArchive(new Map([['a.txt', Buffer.from('a')]]))
  const zipBomb = await writeArchive(new Map([['zeros', Buffer.alloc(64 * mebibyte)]]))
  const eight = Buffer.alloc(8 * mebibyte)
  const manyBombs = await writeArchive(new Map(Array.from({ length: 8 }, (_, n) => [`zeros ${n}`, eight])))
  const parts = (count: number) => `--b\r\n\r\nx\r\n`.repeat(count)
  return [
    {
      name: 'JSON to XML',
      steps: bad('JsonToXmlConverter'),
      inputs: [
        { name: 'cut off', body: '{"a":', cause: /Expected JSON/ },
        { name: 'cut off after 1 MB', body: `{"a":"${'x'.repeat(1_000_000)}`, cause: /Expected JSON/ },
        { name: 'XML', body: '<a/>', cause: /Expected JSON/ },
        { name: 'too deep', body: `${'{"a":'.repeat(100_000)}1`, cause: /Expected/ },
        { name: 'a NaN', body: '{"a":NaN}', cause: /Expected JSON/ },
      ],
    },
    { name: 'Base64 Decode', steps: bad('Base64 Decode'), inputs: [{ name: 'XML', body: '<a/>', cause: /Base64/ }] },
    {
      name: 'GZIP Decompress',
      steps: bad('GZIP Decompress'),
      inputs: [
        { name: 'text', body: 'text', cause: /Expected compressed bytes/ },
        { name: 'cut off', body: gzipSync('text').subarray(0, 15), cause: /Expected compressed bytes/ },
        { name: 'bomb', body: gzipSync(Buffer.alloc(64 * mebibyte)), cause: /at most \d+ bytes after decompression/ },
      ],
    },
    {
      name: 'ZIP Decompress',
      steps: bad('ZIP Decompress'),
      inputs: [
        { name: 'text', body: 'text', cause: /Expected a ZIP archive/ },
        { name: 'cut off', body: small.subarray(0, small.length - 30), cause: /Expected a ZIP archive/ },
        { name: 'bomb', body: zipBomb, cause: /at most \d+ bytes after decompression/ },
        { name: 'too many entries', body: withEntries(small, 10_001), cause: /at most 10000 entries/ },
      ],
    },
    {
      name: 'Zip Splitter',
      steps: bad('ZipSplitter'),
      inputs: [
        { name: 'text', body: 'text', cause: /Expected a ZIP archive/ },
        { name: 'bomb', body: zipBomb, cause: /at most \d+ bytes after decompression/ },
        { name: 'many small bombs', body: manyBombs, cause: /at most \d+ bytes in the files of the archive/ },
        { name: 'too many entries', body: withEntries(small, 10_001), cause: /at most 10000 entries/ },
      ],
    },
    {
      name: 'Tar Splitter',
      steps: bad('TarSplitter'),
      inputs: [
        { name: 'text', body: 'text', cause: /Expected a TAR archive/ },
        { name: 'larger than it is', body: tarHeader(2 ** 32), cause: /found that it is cut off/ },
        {
          name: 'too many entries',
          body: Buffer.concat(Array.from({ length: 10_001 }, () => tarHeader(0))),
          cause: /at most 10000 entries/,
        },
      ],
    },
    {
      name: 'MIME Multipart Decode',
      steps: bad('MIME Multipart Message Decode', { MultipartHeadersInline: 'true' }),
      inputs: [
        { name: 'no boundary', body: 'Content-Type: multipart/mixed\r\n\r\nx', cause: /boundary/ },
        { name: 'no part', body: 'Content-Type: multipart/mixed; boundary=b\r\n\r\nx', cause: /found no part/ },
        {
          name: 'too many parts',
          body: `Content-Type: multipart/mixed; boundary=b\r\n\r\n${parts(1_002)}--b--`,
          cause: /at most 1000 parts/,
        },
        { name: 'endless headers', body: `A: ${'x'.repeat(100_000)}\r\n B: x`.repeat(2), cause: /bytes of headers/ },
      ],
    },
    {
      name: 'a charset that nobody knows',
      steps: bad('Enricher', { bodyType: 'expression', wrapContent: '${in.body}!' }),
      inputs: [{ name: 'text', headers: { 'content-type': 'text/plain; charset=klingon' }, cause: /charset/ }],
    },
    {
      name: 'the last of 100,000 parts',
      isUnmarked: true,
      steps: [
        { id: 'Split', type: 'Camel', properties: { exprType: 'Line Break', StopOnExecution: 'true' } },
        ...bad('Base64 Decode'),
      ],
      inputs: [{ name: 'is bad', body: `${'YQ==\n'.repeat(99_999)}<`, cause: /Base64/ }],
    },
  ]
}

describeBadMessages('content that is not what it should be', flows)
