import { queryOptions } from '@tanstack/react-query'
import { call, callJson } from './http.ts'

/** A flow to begin with. */
export interface FlowTemplate {
  readonly type: string
  readonly label: string
  readonly doc: string
}

const path = '/api/design/v1/flow-templates'

/** They change with the server's version only. */
export const flowTemplatesQuery = queryOptions({
  queryKey: ['flow-templates'],
  queryFn: async ({ signal }) =>
    (await callJson<{ templates: readonly FlowTemplate[] }>('GET', path, { signal })).templates,
  staleTime: Number.POSITIVE_INFINITY,
})

/** An artifact with this ID and name, as a zip. */
export async function artifactFrom(template: string, id: string, name: string): Promise<Blob> {
  const query = new URLSearchParams({ id, name })
  return (await call('GET', `${path}/${encodeURIComponent(template)}?${query}`)).blob()
}
