import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { registry } from '../../runtime/build-flow.ts'
import { startTestService, type TestService } from '../odata/testing/test-service.ts'
import { components as schema } from './schemas.ts'

const path = '/api/design/v1/components'

let service: TestService
before(async () => {
  service = await startTestService()
})
after(() => service.close())

test('everybody who may read artifacts reads the registry, and nobody else', async () => {
  const statuses = async (authorization: string) =>
    (await service.call('GET', path, { headers: { authorization } })).status
  assert.equal(await statuses('Bearer developer'), 200)
  assert.equal(await statuses('Bearer partners'), 403)
  assert.equal(await statuses('Bearer unknown'), 401)
})

test('an answer that the client has is not sent again', async () => {
  const { headers } = await service.call('GET', path)
  const tag = String(headers.etag)
  for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
    const answer = await service.call('GET', path, { headers: { 'if-none-match': known } })
    assert.deepEqual([answer.status, answer.text], [304, ''])
  }
  assert.equal((await service.call('GET', path, { headers: { 'if-none-match': '"other"' } })).status, 200)
})

test('every step and adapter is told, as the description of the API says', async () => {
  const { json } = await service.call('GET', path)
  const typesOf = (list: readonly { readonly type: string }[]) => list.map(({ type }) => type)
  assert.deepEqual(typesOf(json.steps), typesOf(registry.steps))
  assert.deepEqual(typesOf(json.adapters), typesOf(registry.adapters))
  assert.deepEqual(misfits(json, schema, 'components'), [])
})

interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema
  readonly items?: Schema
}

/** Where a value is other than its JSON schema says, or has a property that the schema does not tell. */
function misfits(value: unknown, expected: Schema, at: string): string[] {
  if (expected.enum) return expected.enum.includes(value) ? [] : [`${at}: ${String(value)}`]
  if (expected.type === 'array') {
    if (!Array.isArray(value)) return [`${at}: no array`]
    return value.flatMap((item, index) => misfits(item, expected.items ?? {}, `${at}[${index}]`))
  }
  if (expected.type !== 'object') return typeof value === expected.type ? [] : [`${at}: ${typeof value}`]
  const entries = Object.entries(value as object)
  const missing = (expected.required ?? []).filter(name => !entries.some(([key]) => key === name))
  return [
    ...missing.map(name => `${at}.${name}: missing`),
    ...entries.flatMap(([name, part]) => {
      const schema = expected.properties?.[name] ?? expected.additionalProperties
      return schema ? misfits(part, schema, `${at}.${name}`) : [`${at}.${name}: not told`]
    }),
  ]
}
