import { defineStep } from '../compile/step.ts'
import { encodeBase64 } from '../formats/base64.ts'
import type { HeavyTask } from '../ports.ts'
import { Body } from '../run/body.ts'
import { heavyCopyFrom, isHeavy } from '../run/heavy-work.ts'

export const base64Encode = defineStep({
  type: 'Base64 Encode',
  label: 'Base64 Encoder',
  doc: 'Replaces the body by its bytes in Base64, in one line. A text body is written in the charset of the message.',
  versions: { from: '1.0', to: '1.0' },
  group: 'Transformation',
  element: { version: '1.0.1', properties: { activityType: 'Encoder', encoderType: 'Base64 Encode' } },
  leaves: 'one',
  props: {},
  examples: [{ title: 'A text', input: { body: 'Grüße' }, output: { body: 'R3LDvMOfZQ==' } }],
  compile: () => (exchange, scope) => {
    const bytes = exchange.body.bytes(exchange.charset)
    const replace = (text: string): undefined => {
      exchange.body = Body.of(text)
    }
    return isHeavy(exchange.body, heavyCopyFrom)
      ? scope.ports.heavyWork.run(base64EncodeTask, bytes).then(replace)
      : replace(encodeBase64(bytes))
  },
})

/** Encoding, elsewhere. */
export const base64EncodeTask: HeavyTask<Uint8Array, string> = { name: 'base64-encode', run: encodeBase64 }
