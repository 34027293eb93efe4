import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auditedFunctions, auditedSets } from './audited-changes.ts'
import type { EntitySetApi, NavigationApi } from './definition.ts'
import { entitySets, functionImports } from './index.ts'

const changes = ({ create, update, merge, delete: remove, putMedia }: EntitySetApi) =>
  [create, update, merge, remove, putMedia].some(operation => operation !== undefined)

const related = (navigation: NavigationApi) =>
  'list' in navigation &&
  [navigation.create, navigation.updateLink, navigation.deleteLink].some(operation => operation !== undefined)

test('the audit log is told of changes of every set that can be changed, and of no others', () => {
  const changed = new Set(entitySets.filter(changes).map(({ set }) => set.name))
  for (const { set, navigations = {} } of entitySets) {
    for (const [name, navigation] of Object.entries(navigations)) {
      if (related(navigation)) changed.add(set.type.navigations?.[name]?.target ?? name)
    }
  }
  assert.deepEqual(Object.keys(auditedSets).sort(), [...changed].sort())
})

test('the audit log is told of every function', () => {
  const names = functionImports.map(({ functionImport }) => functionImport.name)
  assert.deepEqual(Object.keys(auditedFunctions).sort(), names.sort())
})
