/** The server's declarations, as data: what the reference pages are written from. */

export { entitySets, functionImports } from './api/odata/index.ts'
export { knownClients } from './api/odata/known-clients.ts'
export { commands as operationsCommands } from './api/operations/index.ts'
export { caseFileSchema } from './cli/cases/case-schema.ts'
export { commands } from './cli/index.ts'
export { optionRows } from './cli/line/help.ts'
export { usage } from './cli/line/parse.ts'
export type { SettingDeclaration } from './config/setting-declaration.ts'
export { settingDeclarations } from './config/settings.ts'
