import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resourceAt, resourceOf, resourcePage } from './resource-paths.ts'

const paths: [path: string, expected: [name: string, type: string, of: string] | undefined][] = [
  ['script/a b.groovy', ['a b.groovy', 'groovy', '']],
  ['script/old.gsh', ['old.gsh', 'groovy', '']],
  ['mapping/deep/a.xsl', ['deep/a.xsl', 'xslt', '']],
  ['xsd/Order.xsd', ['Order.xsd', 'xsd', '']],
  ['wsdl/types/Order.xsd', ['types/Order.xsd', 'xsd', 'wsdl']],
  ['parameters.prop', undefined],
  ['script/notes.txt', undefined],
  ['a.groovy', undefined],
]

for (const [path, expected] of paths)
  test(`${path} is ${expected ? `the resource ${expected.join(' ')}` : 'no resource'}`, () => {
    const found = resourceAt(path)
    assert.deepEqual(found && [found.Name, found.ResourceType, found.ReferencedResourceType], expected)
    if (!found) return
    const page = resourcePage({ kind: 'IntegrationFlow', Id: 'a/b', PackageId: 'p' }, found, '1.0.0')
    const url = new URL(page, 'http://localhost')
    assert.equal(url.pathname, '/design/packages/p/IntegrationFlow/a%2Fb/resource')
    assert.deepEqual([resourceOf(url.searchParams), url.searchParams.get('version')], [found, '1.0.0'])
  })
