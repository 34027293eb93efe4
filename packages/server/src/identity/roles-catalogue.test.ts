import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { rolesCatalogue } from './roles-catalogue.ts'

describe('the roles catalogue', () => {
  const catalogue = rolesCatalogue('dev')

  test('names the applications after the subaccount', () => {
    assert.deepEqual(
      catalogue.applications.map(({ name }) => name),
      ['deviflmap', 'devtmn', 'cockpit'],
    )
    assert.equal(catalogue.find('DEVTMN'), undefined)
  })

  const api = 'devtmn'
  const cases: [group: string, has: string[], lacks: string[]][] = [
    [
      'AuthGroup.ReadOnly',
      ['WebToolingWorkspace.Read', 'NodeManager.read'],
      ['WebToolingWorkspace.Write', 'esbmessagestorage.read'],
    ],
    ['AuthGroup.SystemDeveloper', ['WebToolingWorkspace.Read'], ['WebToolingWorkspace.Write']],
    ['AuthGroup.BusinessExpert', ['esbmessagestorage.read', 'ESBDataStore.readPayload'], ['NodeManager.deploycontent']],
    [
      'AuthGroup.IntegrationDeveloper',
      [
        'WebToolingWorkspace.Write',
        'NodeManager.deploycontent',
        'GenerationAndBuild.generationandbuildcontent',
        'NodeManager.deploycredentials',
      ],
      ['NodeManager.deploysecuritycontent', 'esbmessagestorage.read'],
    ],
    [
      'AuthGroup.Administrator',
      ['NodeManager.deploysecuritycontent', 'NodeManager.deploycontent', 'AuditLog.Read'],
      ['WebToolingWorkspace.Write', 'esbmessagestorage.read'],
    ],
    ['AuthGroup.TenantPartnerDirectoryConfigurator', ['TenantPartnerDirectory.write'], ['NodeManager.read']],
    ['AuthGroup.ContentPublisher', [], ['WebToolingWorkspace.Read']],
  ]
  for (const [group, has, lacks] of cases) {
    test(`${group} stands for the roles that its persona has in the documentation`, () => {
      const roles = catalogue.expand({ application: api, role: group })
      for (const role of [group, ...has]) assert.ok(roles.includes(role), `has ${role}`)
      for (const role of lacks) assert.ok(!roles.includes(role), `lacks ${role}`)
    })
  }

  test('a group of the API application means nothing in another one', () => {
    const reference = { application: 'deviflmap', role: 'AuthGroup.Administrator' }
    assert.deepEqual(catalogue.expand(reference), ['AuthGroup.Administrator'])
  })

  test('every role in a group exists in the application', () => {
    const known = catalogue.find(api)?.predefinedRoles ?? []
    assert.ok(known.length > 40)
    for (const group of known.filter(role => role.startsWith('AuthGroup.'))) {
      for (const role of catalogue.expand({ application: api, role: group })) assert.ok(known.includes(role), role)
    }
  })
})
