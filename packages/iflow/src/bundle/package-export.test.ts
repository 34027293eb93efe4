import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeBase64 } from '../formats/base64.ts'
import {
  isPackagedArtifact,
  isPackageExport,
  type PackagedResource,
  packageAttribute,
  readPackage,
  withPackageAttributes,
  writePackage,
} from './package-export.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const textOf = (content: Uint8Array | undefined) => new TextDecoder('utf-8').decode(content)
const indexOf = (value: unknown) => bytes(encodeBase64(bytes(JSON.stringify(value))))
const reading = (index: Uint8Array) => readPackage(new Map([['resources.cnt', index]]))

function resource(id: string, type: string, more: Partial<PackagedResource> = {}): PackagedResource {
  const entry = { id, resourceType: type, uniqueId: `u${id}`, displayName: `Name ü ${id}`, future: { kept: true } }
  return {
    id,
    type,
    uniqueId: `u${id}`,
    name: `Name ü ${id}`,
    relation: 'Default',
    entry,
    content: bytes(id),
    ...more,
  }
}

test('a package is read as it was written, in its order', () => {
  const resources = [
    resource('f', 'IFlow'),
    resource('p', 'ContentPackage', { relation: '', content: undefined }),
    resource('l', 'File', { relation: 'Licenses' }),
    resource('u', 'Url', { content: undefined }),
    resource('x', 'SomethingNew'),
  ]
  const files = writePackage(resources, { name: 'My package', exportedAt: Date.UTC(2022, 4, 9, 6, 17, 43) })
  assert.equal(isPackageExport(files), true)
  assert.deepEqual(readPackage(files), resources)
  assert.deepEqual(
    resources.filter(isPackagedArtifact).map(({ id }) => id),
    ['f', 'x'],
  )
  assert.deepEqual([...files.keys()].sort(), [
    'ExportInformation.info',
    'contentmetadata.md',
    'f_content',
    'l_content',
    'resources.cnt',
    'x_content',
  ])
  const information = textOf(files.get('ExportInformation.info'))
  assert.equal(information, 'Name= My package\nDate= Mon May 09 06:17:43 UTC 2022')
})

test('an index that cannot be read, or is too large, is one diagnostic', () => {
  const indexes = [bytes(''), bytes('%%%'), indexOf([]), indexOf({ resources: 5 }), indexOf(null)]
  const tooLarge = [indexOf({ resources: Array(5_001).fill({}) }), new Uint8Array(17 * 1024 * 1024)]
  for (const index of [...indexes, ...tooLarge]) {
    const read = reading(index)
    assert.ok('code' in read && read.code === 'broken-package', textOf(index.subarray(0, 99)))
  }
})

test('what is missing in an index is empty', () => {
  const empty = { id: '', type: '', uniqueId: '', name: '', relation: '', entry: {}, content: undefined }
  const entry = { id: 7, resourceType: 'IFlow' }
  assert.deepEqual(reading(indexOf({ resources: [null, entry], relations: 'none' })), [
    empty,
    { ...empty, type: 'IFlow', entry },
  ])
})

test('attributes are read and replaced, and what else is said of them stays', () => {
  const entry = {
    id: 'a',
    additionalAttributes: {
      url: { isExtendedLargeAttribute: true, attributeValues: ['x', 'y'] },
      odd: { attributeValues: [5, 'z'] },
      broken: null,
    },
  }
  assert.deepEqual(packageAttribute(entry, 'url'), ['x', 'y'])
  assert.deepEqual(packageAttribute(entry, 'odd'), ['z'])
  for (const name of ['broken', 'none', 'toString']) assert.deepEqual(packageAttribute(entry, name), [], name)
  assert.deepEqual(withPackageAttributes(entry, { url: ['b'], more: [] }).additionalAttributes, {
    ...entry.additionalAttributes,
    url: { isExtendedLargeAttribute: true, attributeValues: ['b'] },
    more: { isExtendedLargeAttribute: false, attributeValues: [] },
  })
  assert.equal(entry.additionalAttributes.url.attributeValues.length, 2)
})
