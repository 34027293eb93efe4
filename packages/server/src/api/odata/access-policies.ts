import { type EntityBody, type EntityRow, ODataError } from '@sluice/odata'
import type { AccessPolicy } from '../../store/store.ts'
import { referenceOf, referencesOfPolicy } from './artifact-references.ts'
import { checkLine } from './check-id.ts'
import type { EntitySetApi } from './definition.ts'
import { changeAccessPolicies, readAccessPolicies } from './permissions.ts'

/**
 * Who may use what: `RoleName` is a role of the API application, and who has it may use what the policy's references mean,
 * and nobody else may. A policy can be created with its references.
 */
export const accessPolicies: EntitySetApi = {
  clients: ['contiva', 'odata-mcp-proxy'],
  set: {
    name: 'AccessPolicies',
    type: {
      name: 'AccessPolicy',
      key: ['Id'],
      properties: {
        Id: { type: 'Edm.Int64', nullable: false },
        RoleName: { type: 'Edm.String' },
        Description: { type: 'Edm.String' },
      },
      navigations: {
        ArtifactReferences: {
          target: 'ArtifactReferences',
          many: true,
          association: 'r_AccessPolicy_2_r_ArtifactReferences',
        },
      },
    },
  },
  roles: readAccessPolicies,
  list: async (query, { store }) => (await store.accessPolicies.list(query)).map(policyRow),
  count: (query, { store }) => store.accessPolicies.count(query),
  async find(key, { store }) {
    const found = await store.accessPolicies.find(Number(key.Id))
    return found && policyRow(found)
  },
  create: {
    roles: changeAccessPolicies,
    async run(body, { store }, related) {
      const { ArtifactReferences: references = [] } = related()
      if (references.length > referencesMax) {
        const found = references.length
        throw new ODataError('invalid-value', `Expected at most ${referencesMax} references, found ${found}`)
      }
      const policy = { roleName: checkLine(body, 'RoleName', 150), description: descriptionOf(body, '') }
      return policyRow(await store.accessPolicies.create(policy, references.map(referenceOf)))
    },
  },
  merge: {
    roles: changeAccessPolicies,
    status: 204,
    async run(row, body, { store }) {
      const roleName = checkLine({ ...row, ...body } as EntityBody, 'RoleName', 150)
      const description = descriptionOf(body, String(row.Description))
      await store.accessPolicies.update({ id: Number(row.Id), roleName, description })
    },
  },
  delete: {
    roles: changeAccessPolicies,
    status: 204,
    async run(row, { store }) {
      await store.accessPolicies.delete(Number(row.Id))
    },
  },
  navigations: { ArtifactReferences: referencesOfPolicy },
}

/** References that come with a new policy. */
const referencesMax = 1_000

function policyRow({ id, roleName, description }: AccessPolicy): EntityRow {
  return { Id: BigInt(id), RoleName: roleName, Description: description }
}

function descriptionOf({ Description }: EntityBody, otherwise: string): string {
  const text = typeof Description === 'string' ? Description : otherwise
  if (text.length <= 1_000) return text
  throw new ODataError('invalid-value', 'Expected "Description" with at most 1000 characters, found more')
}
