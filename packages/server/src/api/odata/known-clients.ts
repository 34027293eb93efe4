/**
 * Programs that use the original's API, whose sources or requests are known, and the original's documentation with its example
 * requests. Sets and functions name those that use them: what they rely on is not to be changed.
 */
export const knownClients = {
  contiva: 'the npm package `@contiva/sap-integration-suite-client`',
  cig: 'the command line client `cig` by tobiaszgithub',
  'CPI Helper': 'the browser extension CPI Helper, whose calls are taken as a description',
  cpilint: 'the linter CPILint by Morten Wittrock',
  documentation: 'example requests of the documentation',
  figaf: 'the Java library `figaf/cpi-api`',
  FlashPipe: 'the command line client FlashPipe by engswee',
  Jenkinsfiles: 'the Jenkinsfiles among the recipes of SAP',
  'mcp-integration-suite': 'the MCP server by 1nbuc: a client that SAP Cloud SDK generated',
  'odata-mcp-proxy': 'the npm package `odata-mcp-proxy`',
  Piper: 'the steps `integrationArtifact…` of Project Piper',
  Postman: 'the collection "Integration Content Automation"',
} as const

export type KnownClient = keyof typeof knownClients
