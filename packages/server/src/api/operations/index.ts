import type { FastifyInstance } from 'fastify'
import { hideRoute } from '../../http/route-description.ts'
import type { Command } from './command.ts'
import { dataStoreEntryDelete } from './data-store-entry-delete.ts'
import { dataStoreEntryList } from './data-store-entry-list.ts'
import { dataStorePayload } from './data-store-payload.ts'
import { dataStoreVariable } from './data-store-variable.ts'
import { deleteContent } from './delete-content.ts'
import { integrationComponentDetail } from './integration-component-detail.ts'
import { integrationComponentSetMplLogLevel } from './integration-component-set-mpl-log-level.ts'
import { integrationComponentsList } from './integration-components-list.ts'
import { knownArtifactsList } from './known-artifacts-list.ts'
import { type CommandOptions, registerCommand } from './register.ts'
import { securityMaterialsList } from './security-materials-list.ts'
import { traceArchive } from './trace-archive.ts'

/** Every command that is served, by the name of its file. */
export const commands: readonly Command[] = [
  dataStoreEntryDelete,
  dataStoreEntryList,
  dataStorePayload,
  dataStoreVariable,
  deleteContent,
  integrationComponentDetail,
  integrationComponentSetMplLogLevel,
  integrationComponentsList,
  knownArtifactsList,
  securityMaterialsList,
  traceArchive,
]

/** The prefix that `/openapi.json` shows; the other one is a second name for the same. */
const described = '/Operations'

/** Serves the commands below `/Operations` and, as the original's Neo tenants do for their pages, `/itspaces/Operations`. */
export function registerCommands(app: FastifyInstance, options: CommandOptions): void {
  for (const prefix of [described, '/itspaces/Operations']) {
    void app.register(
      async scope => {
        if (prefix !== described) scope.addHook('onRoute', hideRoute)
        for (const command of commands) registerCommand(scope, command, options)
      },
      { prefix },
    )
  }
}
