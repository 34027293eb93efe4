import { type EntityBody, type EntityRow, ODataError } from '@sluice/odata'
import type { ArtifactReference, NewReference } from '../../store/store.ts'
import { checkLine } from './check-id.ts'
import type { EntitySetApi, ODataContext, ToManyApi } from './definition.ts'
import { changeAccessPolicies, readAccessPolicies } from './permissions.ts'

/** What access policies protect. A new one says its policy as `AccessPolicy: {"Id": "…"}`. */
export const artifactReferences: EntitySetApi = {
  clients: ['contiva', 'odata-mcp-proxy'],
  set: {
    name: 'ArtifactReferences',
    type: {
      name: 'ArtifactReference',
      key: ['Id'],
      properties: {
        Id: { type: 'Edm.Int64', nullable: false },
        Name: { type: 'Edm.String' },
        Description: { type: 'Edm.String' },
        Type: { type: 'Edm.String' },
        ConditionAttribute: { type: 'Edm.String' },
        ConditionValue: { type: 'Edm.String' },
        ConditionType: { type: 'Edm.String' },
      },
      navigations: {
        AccessPolicy: {
          target: 'AccessPolicies',
          many: false,
          required: true,
          association: 'r_AccessPolicy_2_r_ArtifactReferences',
          // SAP's specification of the API, and with it its clients.
          misspelled: 'AcessPolicy',
        },
      },
    },
  },
  roles: readAccessPolicies,
  list: async (query, { store }) => (await store.accessPolicies.references.list(query)).map(referenceRow),
  count: (query, { store }) => store.accessPolicies.references.count(query),
  async find(key, { store }) {
    const found = await store.accessPolicies.references.find(Number(key.Id))
    return found && referenceRow(found)
  },
  create: {
    roles: changeAccessPolicies,
    async run(body, context, related) {
      const [policy] = related().AccessPolicy ?? []
      if (typeof policy?.Id !== 'bigint')
        throw new ODataError('invalid-value', 'Expected "AccessPolicy" with the "Id" of a policy, found none')
      return createReference(Number(policy.Id), body, context)
    },
  },
  delete: {
    roles: changeAccessPolicies,
    status: 204,
    async run(row, { store }) {
      await store.accessPolicies.references.delete(Number(row.Id))
    },
  },
  navigations: {
    AccessPolicy: {
      async get(row, { store }) {
        const reference = await store.accessPolicies.references.find(Number(row.Id))
        const found = reference && (await store.accessPolicies.find(reference.policyId))
        return found && { Id: BigInt(found.id), RoleName: found.roleName, Description: found.description }
      },
    },
  },
}

/** Those of one policy. */
export const referencesOfPolicy: ToManyApi = {
  list: async (policy, query, { store }) =>
    (await store.accessPolicies.references.of(Number(policy.Id)).list(query)).map(referenceRow),
  count: (policy, query, { store }) => store.accessPolicies.references.of(Number(policy.Id)).count(query),
  async find(policy, key, { store }) {
    const found = await store.accessPolicies.references.find(Number(key.Id))
    return found?.policyId === Number(policy.Id) ? referenceRow(found) : undefined
  },
  create: {
    roles: changeAccessPolicies,
    run: (policy, body, context) => createReference(Number(policy.Id), body, context),
  },
}

async function createReference(policyId: number, body: EntityBody, { store }: ODataContext): Promise<EntityRow> {
  const created = await store.accessPolicies.references.create(policyId, referenceOf(body))
  if (created) return referenceRow(created)
  throw new ODataError('invalid-value', `Expected an access policy with ID ${policyId}, found none`)
}

function referenceRow(reference: ArtifactReference): EntityRow {
  return {
    Id: BigInt(reference.id),
    Name: reference.name,
    Description: reference.description,
    Type: reference.type,
    ConditionAttribute: reference.conditionAttribute,
    ConditionValue: reference.conditionValue,
    ConditionType: reference.conditionType,
  }
}

/** Kinds of things; the API's specification spells the global data store in both ways. */
const types = [
  'INTEGRATION_PACKAGE',
  'INTEGRATION_FLOW',
  'ODATA_SERVICE',
  'SCRIPT_COLLECTION',
  'VALUE_MAPPING',
  'MESSAGE_MAPPING',
  'MESSAGE_QUEUE',
  'GLOBAL_DATASTORE',
  'GLOBAL_DATA_STORE',
  'GLOBAL_VARIABLE',
  'SOAP_API_PROVIDER',
  'REST_API_PROVIDER',
  'DATA_TYPE',
  'MESSAGE_TYPE',
]

/** "JMS queues, global variables, and global data stores support only names." */
const withoutId = ['MESSAGE_QUEUE', 'GLOBAL_DATASTORE', 'GLOBAL_DATA_STORE', 'GLOBAL_VARIABLE']

/** A reference of a body. Throws `ODataError` for what "Defining Access Policies" (b0d7950) excludes. */
export function referenceOf(body: EntityBody): NewReference {
  const type = oneOf(body, 'Type', types)
  const isExact = type === 'INTEGRATION_PACKAGE'
  const conditionType = oneOf(body, 'ConditionType', isExact ? ['exactString'] : ['exactString', 'regularExpression'])
  const conditionValue = checkLine(body, 'ConditionValue', 500)
  if (conditionType === 'regularExpression') checkExpression(conditionValue)
  return {
    name: checkLine(body, 'Name', 255),
    description: typeof body.Description === 'string' ? body.Description.slice(0, 1_000) : '',
    type,
    conditionAttribute: oneOf(body, 'ConditionAttribute', withoutId.includes(type) ? ['Name'] : ['Name', 'ID']),
    conditionValue,
    conditionType,
  }
}

/** In any case, as it is spelled in `allowed`. */
function oneOf(body: EntityBody, name: string, allowed: readonly string[]): string {
  const value = body[name]
  const found = allowed.find(known => typeof value === 'string' && known.toLowerCase() === value.toLowerCase())
  if (found !== undefined) return found
  const what = typeof value === 'string' ? `"${value.slice(0, 100)}"` : 'none'
  throw new ODataError('invalid-value', `Expected "${name}" to be ${allowed.join(' or ')}, found ${what}`)
}

function checkExpression(value: string): void {
  try {
    new RegExp(`^(?:${value})$`, 'u')
  } catch (cause) {
    const expected = 'Expected a regular expression as JavaScript has them'
    throw new ODataError('invalid-value', `${expected}, found "${value.slice(0, 100)}"`, { cause })
  }
}
