import { type FunctionImport, ODataError } from '@sluice/odata'
import type { ArtifactType } from '../../store/store.ts'
import { absentArtifact } from './change-artifact.ts'
import type { FunctionImportApi } from './definition.ts'
import { deployArtifact } from './permissions.ts'
import { deployedSubject } from './protected-subjects.ts'

const all = ['contiva', 'FlashPipe', 'mcp-integration-suite', 'Postman'] as const

const ofFlows = ['cig', 'figaf', 'Jenkinsfiles', 'Piper'] as const

/**
 * Starts a deployment of an artifact of one kind: of what is current, or of a saved version. The answer is the bare task ID,
 * for `BuildAndDeployStatus`, or nothing where clients count on that, whatever is declared; its `Location` (chosen) says where
 * the task shows how it goes. The body of the request is ignored.
 */
export function deployFunction(
  type: ArtifactType,
  name: string,
  {
    returnType = 'Edm.String',
    answer = 'task',
  }: { readonly returnType?: FunctionImport['returnType']; readonly answer?: 'task' | 'nothing' } = {},
): FunctionImportApi {
  return {
    clients: [...all, ...(type === 'IntegrationFlow' ? ofFlows : [])],
    functionImport: {
      name,
      method: 'POST',
      returnType,
      parameters: {
        Id: { type: 'Edm.String', nullable: false },
        Version: { type: 'Edm.String', nullable: false },
      },
    },
    roles: deployArtifact,
    subjects: async ({ Id }, context) => [await deployedSubject(String(Id), context)],
    async run(parameters, { store, deployer, user }) {
      const opened = await store.artifacts.open(String(parameters.Id), String(parameters.Version))
      if (opened?.artifact.type !== type) throw new ODataError('not-found', absentArtifact)
      const taskId = await deployer.deploy(opened, user)
      const location = `BuildAndDeployStatus(TaskId='${taskId}')`
      return { status: 202, text: answer === 'task' ? taskId : '', location }
    },
  }
}
