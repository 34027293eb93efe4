import { type EntitySetApi, textOf } from './definition.ts'
import { readDesign } from './permissions.ts'

/** How a deployment goes: `DEPLOYING`, then `SUCCESS` or `FAIL`. */
export const buildAndDeployStatus: EntitySetApi = {
  clients: ['contiva', 'mcp-integration-suite', 'odata-mcp-proxy', 'Piper'],
  set: {
    name: 'BuildAndDeployStatus',
    type: {
      name: 'BuildAndDeployStatus',
      key: ['TaskId'],
      properties: { TaskId: { type: 'Edm.String', nullable: false }, Status: { type: 'Edm.String' } },
    },
  },
  roles: readDesign,
  async find(key, { store }) {
    const task = await store.deployments.findTask(textOf(key, 'TaskId'))
    return task && { TaskId: task.taskId, Status: task.status }
  },
}
