import { listPage } from './odata.ts'

/** Where a running flow can be called. */
export interface FlowEndpoint {
  /** ID of the flow. */
  readonly flow: string
  readonly title: string
  readonly url: string
}

interface ServiceEndpoint {
  readonly Name: string
  readonly Title: string
  readonly EntryPoints: { readonly results: readonly { readonly Url: string }[] }
}

/** The endpoints of all running flows. */
export async function listEndpoints(): Promise<readonly FlowEndpoint[]> {
  const { rows } = await listPage<ServiceEndpoint>('ServiceEndpoints', { expand: ['EntryPoints'], orderBy: 'Name' })
  return rows.flatMap(({ Name, Title, EntryPoints }) =>
    EntryPoints.results.map(({ Url }) => ({ flow: Name, title: Title, url: Url })),
  )
}
