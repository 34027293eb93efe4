import type { Client, ClientStore } from '@sluice/oauth'

/** The clients that rows of one list name, by ID, each asked for once; those that are not registered any more are missing. */
export async function clientsOf(
  rows: readonly { readonly clientId: string }[],
  clients: Pick<ClientStore, 'find'>,
): Promise<ReadonlyMap<string, Client>> {
  const ids = [...new Set(rows.map(({ clientId }) => clientId))]
  const found = await Promise.all(ids.map(id => clients.find(id)))
  return new Map(found.flatMap(client => (client ? [[client.id, client]] : [])))
}
