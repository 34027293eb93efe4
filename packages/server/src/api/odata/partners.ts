import { type EntityRow, queryRows } from '@sluice/odata'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { changePartners, readPartners } from './permissions.ts'

/** Partners that something is known about. Deleting one deletes all of that. */
export const partners: EntitySetApi = {
  set: {
    name: 'Partners',
    type: { name: 'Partner', key: ['Pid'], properties: { Pid: { type: 'Edm.String', nullable: false } } },
  },
  roles: readPartners,
  list: async (query, context) => queryRows(await rows(context), query),
  count: async (query, context) => queryRows(await rows(context), query).length,
  find: async (key, context) => (await rows(context)).find(({ Pid }) => Pid === key.Pid),
  delete: {
    roles: changePartners,
    status: 204,
    async run(row, { store }) {
      await store.partnerDirectory.deletePartner(textOf(row, 'Pid'))
    },
  },
}

async function rows({ store }: ODataContext): Promise<EntityRow[]> {
  return (await store.partnerDirectory.partners()).map(id => ({ Pid: id }))
}
