import { defineStep } from '../compile/step.ts'
import { makeZip } from '../formats/zip.ts'
import { Body } from '../run/body.ts'
import { asText } from '../run/value.ts'

export const zipCompress = defineStep({
  type: 'ZIP Compress',
  label: 'ZIP Compression',
  doc: [
    'Replaces the body by a ZIP archive with the body as its only file. The file is called as header `CamelFileName` says,',
    'without folders, else after the message ID; the header then gets `.zip` appended.',
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Transformation',
  element: { version: '1.0.1', properties: { activityType: 'Encoder', encoderType: 'ZIP Compress' } },
  leaves: 'one',
  props: {},
  examples: [
    {
      title: 'A named file',
      input: { body: 'aaaaaaaaaa', headers: { CamelFileName: 'out/orders.txt' } },
      output: {
        bytes:
          'UEsDBBQAAAgIAC15blrwzRFMBQAAAAoAAAAKAAAAb3JkZXJzLnR4dEtMhAEAUEsBAhQAFAAACAgALXluWvDNEUwFAAAACgAAAAoAAAAAAAAAAAAAAAAAAAAAAG9yZGVycy50eHRQSwUGAAAAAAEAAQA4AAAALQAAAAAA',
        headers: { CamelFileName: 'orders.txt.zip' },
      },
    },
  ],
  compile: () => async (exchange, scope) => {
    const given = asText(exchange.headers.get('CamelFileName')).split(/[/\\]/).at(-1)
    const name = given || scope.messageGuid
    const bytes = exchange.body.bytes(exchange.charset)
    exchange.body = Body.of(await makeZip([{ name, bytes }], scope.ports.clock.now()))
    exchange.headers.set('CamelFileName', `${name}.zip`)
    return undefined
  },
})
