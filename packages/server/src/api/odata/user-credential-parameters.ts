import { type EntityBody, type EntityRow, type FilterExpression, ODataError, pathsIn } from '@sluice/odata'
import type { PartnerCredential } from '../../store/store.ts'
import { type EntitySetApi, textOf } from './definition.ts'
import { auditProperties } from './partner-entries.ts'
import { changePartnerCredentials, readPartnerCredentials } from './permissions.ts'
import { parameterKey } from './string-parameters.ts'

/**
 * Users and passwords that belong to partners. Flows use them as user credentials `pd:<Pid>:<Id>:UserCredential`. POST
 * replaces one that exists, and query option `user` has no effect, as documented ("Requests for UserCredentialParameter").
 */
export const userCredentialParameters: EntitySetApi = {
  clients: ['contiva', 'documentation'],
  set: {
    name: 'UserCredentialParameters',
    type: {
      name: 'UserCredentialParameter',
      key: ['Pid', 'Id'],
      properties: {
        Pid: { type: 'Edm.String', nullable: false },
        Id: { type: 'Edm.String', nullable: false },
        ...auditProperties,
        User: { type: 'Edm.String', nullable: false },
        Password: { type: 'Edm.String' },
      },
    },
  },
  roles: readPartnerCredentials,
  list: async (query, { store }) => {
    requirePartner(query.filter)
    return (await store.credentials.ofPartners.list(query)).map(rowOf)
  },
  async count(query, { store }) {
    requirePartner(query.filter)
    return store.credentials.ofPartners.count(query)
  },
  async find(key, { store }) {
    const { partnerId, id } = parameterKey(key)
    const found = await store.credentials.ofPartners.find(partnerId, id)
    return found && rowOf(found)
  },
  create: {
    roles: changePartnerCredentials,
    async run(body, { store, user, now }) {
      const credential = {
        partnerId: identifierOf(body, 'Pid', 60),
        id: identifierOf(body, 'Id', 1_500),
        user: lineOf(body, 'User'),
        deployedBy: user,
        deployedAt: now,
      }
      await store.credentials.ofPartners.put(credential, lineOf(body, 'Password'))
      return rowOf(credential)
    },
  },
  delete: {
    roles: changePartnerCredentials,
    status: 204,
    async run(row, { store }) {
      await store.credentials.ofPartners.delete(textOf(row, 'Pid'), textOf(row, 'Id'))
    },
  },
}

function rowOf({ partnerId, id, user, deployedBy, deployedAt }: PartnerCredential): EntityRow {
  return {
    Pid: partnerId,
    Id: id,
    LastModifiedBy: deployedBy,
    LastModifiedTime: deployedAt,
    CreatedBy: deployedBy,
    CreatedTime: deployedAt,
    User: user,
  }
}

/** "If you don't specify a filter for this property, you get an error." */
function requirePartner(filter: FilterExpression | undefined): void {
  if (filter && pathsIn(filter).has('Pid')) return
  throw new ODataError('invalid-value', 'Expected a filter for "Pid", such as $filter=Pid eq \'ACME\', found none')
}

/** The characters that are documented; without colons, no two names of credentials are the same. */
function identifierOf(body: EntityBody, name: string, max: number): string {
  const value = body[name]
  if (typeof value === 'string' && value.length <= max && /^[A-Za-z0-9._~@-]+$/.test(value)) return value
  const expected = `1 to ${max} letters, digits, ".", "_", "~", "@" and "-"`
  const found = typeof value === 'string' ? `"${value.slice(0, 100)}"` : 'none'
  throw new ODataError('invalid-value', `Expected "${name}" to be ${expected}, found ${found}`)
}

/** "user and password (both maximum length of 200 characters)". */
function lineOf(body: EntityBody, name: string): string {
  const value = body[name]
  if (typeof value === 'string' && /^[^\p{Cc}]{1,200}$/u.test(value)) return value
  throw new ODataError('invalid-value', `Expected "${name}" to be one line of 1 to 200 characters`)
}
