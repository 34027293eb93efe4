import { defineStep } from '../compile/step.ts'
import { decompressionLimits, gunzip } from '../formats/gzip.ts'
import { Body } from '../run/body.ts'

const { bytesMax, bytesMin, ratioMax } = decompressionLimits
const mebibyte = 1024 * 1024

export const gzipDecompress = defineStep({
  type: 'GZIP Decompress',
  label: 'GZIP Decompression',
  doc: [
    'Replaces a body in GZIP by what was compressed. Other bytes and damaged ones fail the step. So does more than',
    `${ratioMax} times what went in, once it passes ${bytesMin / mebibyte} MiB, and more than ${bytesMax / mebibyte} MiB.`,
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Transformation',
  element: { version: '1.0.1', properties: { activityType: 'Decoder', encoderType: 'GZIP Decompress' } },
  leaves: 'one',
  props: {},
  examples: [
    { title: 'A text', input: { bytes: 'H4sIAAAAAAAA/0tMhAEA8M0RTAoAAAA=' }, output: { body: 'aaaaaaaaaa' } },
    { title: 'Not GZIP', input: { body: 'aaaaaaaaaa' }, status: 'FAILED', failure: 'decoding' },
  ],
  compile: () => async exchange => {
    exchange.body = Body.of(await gunzip([exchange.body.bytes(exchange.charset)]))
    return undefined
  },
})
