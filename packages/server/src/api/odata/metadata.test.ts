import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderMetadata } from '@sluice/odata'
import { type Document, type Element, parseXmlDocument } from 'slimdom'
import { entitySets, functionImports, model } from './index.ts'
import {
  originalComplexTypes,
  originalEntitySets,
  originalFunctionImports,
  ownFunctionImports,
  undeclaredEntitySets,
} from './testing/original-metadata.ts'

const namespace = 'com.sap.hci.api.'
const metadata = parseXmlDocument(renderMetadata(model))

function all(parent: Document | Element, name: string): Element[] {
  return parent.getElementsByTagName(name)
}

const shortType = (type: string | null) => type?.replace('Edm.', '').replace(namespace, '')

function declared(parent: Element, name: string): string {
  return all(parent, name)
    .map(element => {
      const isRequired = element.getAttribute('Nullable') === 'false'
      return `${element.getAttribute('Name')}:${shortType(element.getAttribute('Type'))}${isRequired ? '!' : ''}`
    })
    .join(' ')
}

function navigation(element: Element): string {
  const relationship = element.getAttribute('Relationship')?.replace(namespace, '')
  const association = all(metadata, 'Association').find(found => found.getAttribute('Name') === relationship)
  assert.ok(association, relationship)
  const end = all(association, 'End').find(found => found.getAttribute('Role') === element.getAttribute('ToRole'))
  const target = shortType(end?.getAttribute('Type') ?? null)
  return `${element.getAttribute('Name')}>${target} ${end?.getAttribute('Multiplicity')} ${relationship}`
}

test('types, properties, keys and navigation properties are named as in the original', () => {
  const sets = all(metadata, 'EntitySet').map(set => {
    const typeName = shortType(set.getAttribute('EntityType'))
    const type = all(metadata, 'EntityType').find(found => found.getAttribute('Name') === typeName)
    assert.ok(type, typeName)
    const stream = type.getAttribute('m:HasStream') === 'true' ? ' stream' : ''
    const key = all(type, 'PropertyRef').map(property => property.getAttribute('Name'))
    const navigations = all(type, 'NavigationProperty').map(navigation)
    const parts = [
      `${set.getAttribute('Name')}(${typeName})${stream} key ${key.join(' ')}`,
      declared(type, 'Property'),
      ...(navigations.length > 0 ? [navigations.join(' ')] : []),
    ]
    return parts.join(' | ')
  })
  assert.deepEqual(sets.sort(), [...originalEntitySets, ...undeclaredEntitySets].sort())
})

test('complex types and function imports are those of the original and our own', () => {
  const complexTypes = all(metadata, 'ComplexType').map(
    type => `${type.getAttribute('Name')} | ${declared(type, 'Property')}`,
  )
  assert.deepEqual(complexTypes.sort(), originalComplexTypes)
  const imports = all(metadata, 'FunctionImport').map(found => {
    const returns = shortType(found.getAttribute('ReturnType'))
    const method = found.getAttribute('m:HttpMethod')
    return `${found.getAttribute('Name')} ${method} ${returns} (${declared(found, 'Parameter')})`
  })
  assert.deepEqual(imports, [...originalFunctionImports, ...ownFunctionImports].sort())
})

test('the frame of the document is that of the original', () => {
  const [services] = all(metadata, 'edmx:DataServices')
  const [schema] = all(metadata, 'Schema')
  const [container] = all(metadata, 'EntityContainer')
  assert.equal(metadata.documentElement?.getAttribute('Version'), '1.0')
  assert.equal(services?.getAttribute('m:DataServiceVersion'), '2.0')
  assert.equal(schema?.namespaceURI, 'http://schemas.microsoft.com/ado/2008/09/edm')
  assert.equal(schema?.getAttribute('Namespace'), 'com.sap.hci.api')
  assert.equal(container?.getAttribute('Name'), 'DefaultContainer')
  assert.equal(container?.getAttribute('m:IsDefaultEntityContainer'), 'true')
  const associationSets = all(metadata, 'AssociationSet').map(found => found.getAttribute('Association'))
  const associations = all(metadata, 'Association').map(found => `${namespace}${found.getAttribute('Name')}`)
  assert.deepEqual(associationSets, associations)
})

test('the registries are sorted, and every navigation property that is declared is served', () => {
  const names = entitySets.map(({ set }) => set.name)
  assert.deepEqual(
    names,
    [...names].sort((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' })),
  )
  const imports = functionImports.map(({ functionImport }) => functionImport.name)
  assert.deepEqual(imports, [...imports].sort())
  for (const { set, navigations } of entitySets) {
    assert.deepEqual(Object.keys(navigations ?? {}), Object.keys(set.type.navigations ?? {}), set.name)
  }
})
