/** What names a flow. */
export interface FlowName {
  readonly Id: string
  readonly PackageId: string
}

/** Where a flow is edited; with a saved version, where that is shown. */
export function flowPage({ PackageId, Id }: FlowName, version?: string): string {
  const path = `/design/packages/${encodeURIComponent(PackageId)}/IntegrationFlow/${encodeURIComponent(Id)}/flow`
  return version === undefined ? path : `${path}?version=${encodeURIComponent(version)}`
}
