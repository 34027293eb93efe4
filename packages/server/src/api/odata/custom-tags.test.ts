import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
})
after(() => service.close())

const administrator = { authorization: 'Bearer administrator' }
const content = (value: unknown) => ({
  CustomTagsConfigurationContent: Buffer.from(JSON.stringify(value)).toString('base64'),
})

function configure(tags: unknown, query = '?Overwrite=true') {
  const body = content({ customTagsConfiguration: tags })
  return service.call('POST', `CustomTagConfigurations${query}`, { headers: administrator, body })
}

test('custom tags are configured once, then overwritten, by those who may', async () => {
  const path = "CustomTagConfigurations('CustomTags')"
  assert.equal((await service.call('GET', path)).status, 404)
  const body = content({ customTagsConfiguration: [] })
  assert.equal((await service.call('POST', 'CustomTagConfigurations', { body })).status, 403)
  assert.equal((await configure([{ tagName: 'Owner', isMandatory: true }], '')).status, 201)
  assert.equal((await configure([{ tagName: 'Other' }], '')).status, 409)
  const documented = '{"customTagsConfiguration":[{"tagName":"Owner","isMandatory":true}]}'
  const read = await service.call('GET', `${path}/$value`)
  assert.deepEqual(
    [read.status, read.headers['content-type'], read.text],
    [200, 'application/json; charset=utf-8', documented],
  )
  const replaced = await configure([{ tagName: 'Owner', permittedValues: ['Mr. Bean, Ms. Bean'], isMandatory: true }])
  assert.equal(replaced.status, 201)
  assert.deepEqual((await service.call('GET', `${path}/$value`)).json.customTagsConfiguration, [
    { tagName: 'Owner', permittedValues: ['Mr. Bean', 'Ms. Bean'], isMandatory: true },
  ])
  const patch = { headers: administrator, body: content({ customTagsConfiguration: [{ tagName: 'Patched' }] }) }
  assert.equal((await service.call('PATCH', path, patch)).status, 204)
  assert.match((await service.call('GET', `${path}/$value`)).text, /"Patched"/)
  const { CustomTagsConfigurationContent } = (await service.call('GET', path)).json.d
  assert.match(Buffer.from(CustomTagsConfigurationContent, 'base64').toString(), /^\{"customTagsConfiguration":/)
})

test('a package has the configured tags, and keeps the value of one that goes', async () => {
  await configure([
    { tagName: 'Author', isMandatory: true },
    { tagName: 'Area', permittedValues: ['HR', 'Sales'] },
  ])
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Tagged', Name: 'T', ShortText: 's' } })
  const path = "IntegrationPackages('Tagged')"
  const tags = async () => {
    const { results } = (await service.call('GET', `${path}/CustomTags`)).json.d
    return results.map(({ Name, Value }: { Name: string; Value: string | null }) => [Name, Value])
  }
  const put = (name: string, body: unknown) => service.call('PUT', `${path}/$links/CustomTags('${name}')`, { body })
  assert.deepEqual(await tags(), [
    ['Author', null],
    ['Area', null],
  ])
  assert.equal((await put('Author', { Value: 'Fred' })).status, 202)
  assert.equal((await put('Area', { Value: 'HR' })).status, 202)
  const refused: readonly (readonly [name: string, body: unknown, status: number, message: RegExp])[] = [
    ['Author', { Value: '' }, 400, /mandatory, in|mandatory/],
    ['Author', {}, 400, /text in "Value"/],
    ['Author', { Value: 'x'.repeat(201) }, 400, /at most 200 characters/],
    ['Area', { Value: 'IT' }, 400, /one of "HR", "Sales" in the custom tag "Area", found "IT"/],
    ['None', { Value: 'x' }, 404, /custom tag of the tenant, found "None"/],
  ]
  for (const [name, body, status, message] of refused) {
    const { status: found, json } = await put(name, body)
    assert.equal(found, status, name)
    assert.match(json.error.message.value, message)
  }
  await configure([{ tagName: 'Author', isMandatory: false }])
  assert.deepEqual(await tags(), [['Author', 'Fred']])
  assert.equal((await put('Author', { Value: '' })).status, 202)
  await configure([{ tagName: 'Area' }])
  assert.deepEqual(await tags(), [['Area', 'HR']])
  assert.equal((await service.call('GET', `${path}/CustomTags('Area')`)).json.d.Value, 'HR')
})

test('packages are found by their tags', async () => {
  await configure([{ tagName: 'Author' }, { tagName: 'LoB' }])
  for (const [Id, author, lob] of [
    ['F1', 'Fred', 'Sales'],
    ['F2', 'Fred', 'HR'],
    ['J1', 'John', 'Sales'],
    ['N1', '', ''],
  ] as const) {
    await service.call('POST', 'IntegrationPackages', { body: { Id, Name: Id, ShortText: 's' } })
    for (const [name, Value] of [
      ['Author', author],
      ['LoB', lob],
    ] as const)
      await service.call('PUT', `IntegrationPackages('${Id}')/$links/CustomTags('${name}')`, { body: { Value } })
  }
  const cases: readonly (readonly [query: string, ids: string])[] = [
    ['Author=Fred', 'F1,F2'],
    ['Author=Fred|John&$orderby=Id desc', 'J1,F2,F1'],
    ['Author=Fred%7CJohn&LoB=Sales', 'F1,J1'],
    ['Author=Nobody', ''],
    ["Author=Fred&$filter=Id ne 'F1'", 'F2'],
    ["Unknown=x&$filter=startswith(Id,'J')", 'J1'],
  ]
  for (const [query, ids] of cases) {
    const { results } = (await service.call('GET', `IntegrationPackages?${query}`)).json.d
    assert.equal(results.map((row: { Id: string }) => row.Id).join(), ids, query)
  }
  assert.equal((await service.call('GET', 'IntegrationPackages/$count?Author=Fred')).text, '2')
  const { status, json } = await service.call('GET', `IntegrationPackages?Author=Fred${'|x'.repeat(100)}`)
  assert.equal(status, 400)
  assert.match(json.error.message.value, /at most 100 values of Author, found 101/)
})

test('what is wrong with a configuration is said', async () => {
  const cases: readonly (readonly [body: unknown, message: RegExp])[] = [
    [{}, /JSON in base64/],
    [{ CustomTagsConfigurationContent: '%' }, /JSON in base64/],
    [content(null), /list "customTagsConfiguration"/],
    [content({ customTagsConfiguration: [null] }), /"tagName" to be a text/],
    [content({ customTagsConfiguration: [{ tagName: 'a\u0007' }] }), /"tagName" to be a text/],
    [content({ customTagsConfiguration: [{ tagName: 'A', isMandatory: 'yes' }] }), /"isMandatory"/],
    [content({ customTagsConfiguration: [{ tagName: 'A', permittedValues: [5] }] }), /"permittedValues"/],
    [content({ customTagsConfiguration: [{ tagName: 'A' }, { tagName: 'A' }] }), /each tag once.*"A" twice/],
    [content({ customTagsConfiguration: [{ tagName: 'x'.repeat(101) }] }), /1 to 100 characters .* found "x{50}"$/],
    [content({ customTagsConfiguration: [{ tagName: 'A', permittedValues: ['v,'.repeat(1_001)] }] }), /at most 1000/],
    [content({ customTagsConfiguration: [{ tagName: 'A', permittedValues: ['v'.repeat(201)] }] }), /200 characters/],
    [content({ customTagsConfiguration: Array(101).fill({ tagName: 'A' }) }), /at most 100 tags/],
  ]
  for (const [body, message] of cases) {
    const path = 'CustomTagConfigurations?Overwrite=true'
    const { status, json } = await service.call('POST', path, { headers: administrator, body })
    assert.equal(status, 400, JSON.stringify(body))
    assert.match(json.error.message.value, message)
  }
})
