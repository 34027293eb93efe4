import { defineStep } from '../compile/step.ts'
import { gzip } from '../formats/gzip.ts'
import { Body } from '../run/body.ts'

export const gzipCompress = defineStep({
  type: 'GZIP Compress',
  label: 'GZIP Compression',
  doc: 'Replaces the body by its bytes compressed as GZIP. A text body is written in the charset of the message.',
  versions: { from: '1.0', to: '1.0' },
  group: 'Transformation',
  element: { version: '1.0.1', properties: { activityType: 'Encoder', encoderType: 'GZIP Compress' } },
  leaves: 'one',
  props: {},
  examples: [{ title: 'A text', input: { body: 'aaaaaaaaaa' }, output: { bytes: 'H4sIAAAAAAAA/0tMhAEA8M0RTAoAAAA=' } }],
  compile: () => async exchange => {
    exchange.body = Body.of(await gzip(exchange.body.bytes(exchange.charset)))
    return undefined
  },
})
