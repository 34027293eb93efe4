import { comparison } from './comparison.ts'
import { type EntitySetApi, textOf } from './definition.ts'
import { changePartnerCredentials, changePartners, readPartners } from './permissions.ts'

/** Partners that something is known about. Deleting one deletes all of that, its credentials for those who may delete them. */
export const partners: EntitySetApi = {
  clients: ['contiva', 'odata-mcp-proxy'],
  set: {
    name: 'Partners',
    type: { name: 'Partner', key: ['Pid'], properties: { Pid: { type: 'Edm.String', nullable: false } } },
  },
  roles: readPartners,
  list: async (query, { store }) => (await store.partnerDirectory.partners.list(query)).map(id => ({ Pid: id })),
  count: (query, { store }) => store.partnerDirectory.partners.count(query),
  async find(key, { store }) {
    const id = textOf(key, 'Pid')
    return (await store.partnerDirectory.isPartner(id)) ? { Pid: id } : undefined
  },
  delete: {
    roles: changePartners,
    conditionalRoles: changePartnerCredentials,
    status: 204,
    async run(row, { store, authorize }) {
      const id = textOf(row, 'Pid')
      const filter = comparison('Pid', 'eq', id)
      if ((await store.credentials.ofPartners.count({ filter })) > 0) await authorize(changePartnerCredentials)
      await store.partnerDirectory.deletePartner(id)
    },
  },
}
