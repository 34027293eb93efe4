/** The files of an artifact with this flow, as a caller of the design API sends them. */
export function draftFiles(iflw: string, scripts: Readonly<Record<string, string>> = {}): Record<string, string> {
  const manifest = [
    'Manifest-Version: 1.0',
    'Bundle-SymbolicName: draft',
    'Bundle-Name: Draft',
    'Bundle-Version: 1.0.0',
    'SAP-BundleType: IntegrationFlow',
    '',
  ].join('\n')
  return {
    'META-INF/MANIFEST.MF': manifest,
    'src/main/resources/scenarioflows/integrationflow/draft.iflw': iflw,
    ...Object.fromEntries(Object.entries(scripts).map(([name, text]) => [`src/main/resources/script/${name}`, text])),
  }
}
