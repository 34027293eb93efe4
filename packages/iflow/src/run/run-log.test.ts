import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Body } from './body.ts'
import { Exchange } from './exchange.ts'
import { RunLogCollector, runLogLimits } from './run-log.ts'

const finish = (log: RunLogCollector, exchange = new Exchange()) => log.finish(exchange, 'guid', 'correlation')

test('attachments are left out that are too many, or too large together', () => {
  const { attachmentsMax, attachmentBytesMax } = runLogLimits
  const many = new RunLogCollector()
  for (let index = 0; index <= attachmentsMax; index += 1) {
    many.attach({ name: `${index}`, contentType: 'text/plain', body: Body.of('x') })
  }
  assert.equal(finish(many).attachments.length, attachmentsMax)
  const large = new RunLogCollector()
  for (const size of [attachmentBytesMax - 1, 2, 1]) {
    large.attach({ name: `${size}`, contentType: 'image/png', body: Body.of(new Uint8Array(size)) })
  }
  assert.deepEqual(
    finish(large).attachments.map(({ name }) => name),
    [`${attachmentBytesMax - 1}`, '1'],
  )
})

test('properties are left out that are too many, and cut where they are too long', () => {
  const { propertiesMax, nameMax, valueMax } = runLogLimits
  const log = new RunLogCollector()
  for (let index = 0; index <= propertiesMax; index += 1) {
    log.addCustomHeader('n'.repeat(nameMax + 1), 'v'.repeat(valueMax + 1))
    log.setStringProperty('n', 'v')
    log.addAdapterAttribute({ adapterId: 'A', adapterMessageId: '1', name: 'n', value: 'v'.repeat(valueMax + 1) })
  }
  const { customHeaders, stringProperties, adapterAttributes } = finish(log)
  assert.deepEqual([customHeaders.length, stringProperties.length], [propertiesMax, propertiesMax])
  assert.deepEqual([adapterAttributes.length, adapterAttributes[0]?.value.length], [propertiesMax, valueMax])
  assert.deepEqual(
    customHeaders[0]?.map(text => text.length),
    [nameMax, valueMax],
  )
})

test('receivers are left out that are too many', () => {
  const log = new RunLogCollector()
  for (let index = 0; index <= runLogLimits.receiversMax; index += 1) {
    log.note(new Exchange({ headers: [['SAP_Receiver', index]] }))
  }
  assert.equal(finish(log).receiver?.split(',').length, runLogLimits.receiversMax)
})
