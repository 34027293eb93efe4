import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { parseIflow } from '../bpmn/index.ts'
import { freshElement } from '../compile/fresh.ts'
import { identifyStep } from '../compile/identify-step.ts'
import type { StepExample } from '../compile/step.ts'
import { encodeBase64 } from '../formats/base64.ts'
import type { StylesheetChange, StylesheetOutput } from '../ports.ts'
import { Body } from '../run/body.ts'
import type { Exchange } from '../run/exchange.ts'
import { compileSource, exampleFlow, fakePorts, message, propProblems, runFlow } from '../testing/index.ts'
import { steps } from './index.ts'

test('the registry is sorted, and no type is declared twice', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter(file => /^(?!index|.*\.test)[\w-]+\.ts$/.test(file))
  assert.equal(steps.length, files.length)
  assert.equal(new Set(steps.map(step => step.type)).size, steps.length)
})

for (const step of steps) {
  test(`${step.label} is documented and has an example`, () => {
    assert.match(step.doc, /\.$/)
    assert.notEqual(step.examples.length, 0)
    assert.deepEqual(propProblems(step.props), [])
  })
  test(`${step.label}: a fresh element is of its type and compiles without a word`, async () => {
    const [example] = step.examples
    assert.ok(example)
    const properties = { ...freshElement(step), ...example.properties }
    const flow = exampleFlow(step.type, { ...example, properties })
    const node = parseIflow(flow, 'flow.iflw').document?.model.processes[0]?.nodes.get('Step')
    assert.equal(node && identifyStep(node), step.type)
    const { diagnostics } = await compileSource(flow, example.resources && { resources: example.resources })
    // The message comes from the test, not from a sender channel.
    assert.deepEqual(
      diagnostics.filter(({ code }) => code !== 'no-sender'),
      [],
    )
  })
  for (const example of step.examples) {
    test(`${step.label}, example: ${example.title}`, async () => {
      const { input, resources = {} } = example
      const ports = fakePorts({ scripts: scriptsOf(example), stylesheets: stylesheetsOf(example) })
      const options = { message: message(input), resources, ports }
      const { result } = await runFlow(exampleFlow(step.type, example), options)
      assert.equal(result.failure?.code, example.failure)
      assert.equal(result.status, example.status ?? 'COMPLETED')
      const { body, bytes, attachments, headers = {}, properties = {} } = example.output ?? {}
      if (body !== undefined) assert.equal(result.exchange.body.text(), body)
      if (bytes !== undefined) assert.equal(encodeBase64(result.exchange.body.bytes()), bytes)
      if (attachments !== undefined) assert.deepEqual(attachmentTexts(result.exchange), attachments)
      for (const [name, value] of Object.entries(headers)) assert.deepEqual(result.exchange.headers.get(name), value)
      for (const [name, value] of Object.entries(properties)) {
        assert.deepEqual(result.exchange.properties.get(name), value)
      }
    })
  }
}

/** Functions that do to a message what the example says. */
function scriptsOf({ scripts = {} }: StepExample): Record<string, (exchange: Exchange) => void> {
  return Object.fromEntries(
    Object.entries(scripts).map(([name, { body, headers = {}, properties = {} }]) => [
      name,
      (exchange: Exchange) => {
        if (body !== undefined) exchange.body = Body.of(body)
        for (const entry of Object.entries(headers)) exchange.headers.set(...entry)
        for (const entry of Object.entries(properties)) exchange.properties.set(...entry)
      },
    ]),
  )
}

/** Stylesheets that make of a message what the example says. */
function stylesheetsOf({ stylesheets = {} }: StepExample): Record<string, () => StylesheetOutput> {
  return Object.fromEntries(
    Object.entries(stylesheets).map(([name, { body = '', headers = {}, properties = {} }]) => {
      const changes = [...changesOf('header', headers), ...changesOf('property', properties)]
      return [name, () => ({ text: body, changes })]
    }),
  )
}

function changesOf(kind: StylesheetChange['kind'], values: Readonly<Record<string, unknown>>): StylesheetChange[] {
  return Object.entries(values).map(([name, value]) => ({ kind, name, value: String(value) }))
}

function attachmentTexts({ attachments }: Exchange): Record<string, string> {
  return Object.fromEntries(Array.from(attachments, ([name, { body }]) => [name, body.text()]))
}
