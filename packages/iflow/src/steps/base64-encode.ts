import { defineStep } from '../compile/step.ts'
import { encodeBase64 } from '../formats/base64.ts'
import { Body } from '../run/body.ts'

export const base64Encode = defineStep({
  type: 'Base64 Encode',
  label: 'Base64 Encoder',
  doc: 'Replaces the body by its bytes in Base64, in one line. A text body is written in the charset of the message.',
  versions: { from: '1.0', to: '1.0' },
  leaves: 'one',
  props: {},
  examples: [{ title: 'A text', input: { body: 'Grüße' }, output: { body: 'R3LDvMOfZQ==' } }],
  compile: () => exchange => {
    exchange.body = Body.of(encodeBase64(exchange.body.bytes(exchange.charset)))
    return undefined
  },
})
