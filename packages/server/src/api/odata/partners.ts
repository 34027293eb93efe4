import { type EntitySetApi, textOf } from './definition.ts'
import { changePartners, readPartners } from './permissions.ts'

/** Partners that something is known about. Deleting one deletes all of that. */
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
    status: 204,
    async run(row, { store }) {
      await store.partnerDirectory.deletePartner(textOf(row, 'Pid'))
    },
  },
}
