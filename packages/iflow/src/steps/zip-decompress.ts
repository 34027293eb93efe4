import { defineStep } from '../compile/step.ts'
import { decompressionLimits } from '../formats/gzip.ts'
import { listZip, zipEntriesMax } from '../formats/zip.ts'
import { Body } from '../run/body.ts'
import { Failure } from '../run/failure.ts'

const { bytesMax, bytesMin, ratioMax } = decompressionLimits
const mebibyte = 1024 * 1024

export const zipDecompress = defineStep({
  type: 'ZIP Decompress',
  label: 'ZIP Decompression',
  doc: [
    'Replaces a ZIP archive by the content of its first file and puts the name of that file into header `CamelFileName`.',
    'Other bytes, damaged, encrypted and empty archives fail the step. So do archives of more than',
    `${zipEntriesMax} entries, a file of more than ${ratioMax} times its packed size, once it passes`,
    `${bytesMin / mebibyte} MiB, and one of more than ${bytesMax / mebibyte} MiB.`,
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Transformation',
  element: { version: '1.0.2', properties: { activityType: 'Decoder', encoderType: 'ZIP Decompress' } },
  leaves: 'one',
  props: {},
  examples: [
    {
      title: 'The file and its name',
      input: {
        bytes:
          'UEsDBBQAAAgIAC15blrwzRFMBQAAAAoAAAAKAAAAb3JkZXJzLnR4dEtMhAEAUEsBAhQAFAAACAgALXluWvDNEUwFAAAACgAAAAoAAAAAAAAAAAAAAAAAAAAAAG9yZGVycy50eHRQSwUGAAAAAAEAAQA4AAAALQAAAAAA',
      },
      output: { body: 'aaaaaaaaaa', headers: { CamelFileName: 'orders.txt' } },
    },
    { title: 'Not an archive', input: { body: 'aaaaaaaaaa' }, status: 'FAILED', failure: 'decoding' },
  ],
  compile: () => async exchange => {
    const [entry] = listZip(exchange.body.bytes(exchange.charset))
    if (entry === undefined) {
      throw new Failure('Expected a file in the ZIP archive, found none.', { code: 'decoding' })
    }
    exchange.body = Body.of(await entry.read())
    exchange.headers.set('CamelFileName', entry.name)
    return undefined
  },
})
