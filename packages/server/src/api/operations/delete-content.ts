import { Problem } from '../../http/problem.ts'
import { changeRuntime } from '../odata/permissions.ts'
import { deployedSubject } from '../odata/protected-subjects.ts'
import { type Command, textsIn } from './command.ts'

/** Undeploys artifacts (`artifactIds`, with commas between them). */
export const deleteContent: Command = {
  name: 'com.sap.it.nm.commands.deploy.DeleteContentCommand',
  method: 'POST',
  doc: 'Undeploys artifacts: `artifactIds`, with commas between them.',
  roles: changeRuntime,
  audit: { object: 'deployment', action: 'undeploy', ids: parameters => textsIn(parameters, 'artifactIds') },
  subjects: (parameters, context) =>
    Promise.all(textsIn(parameters, 'artifactIds').map(id => deployedSubject(id, context))),
  async run(parameters, { deployer }) {
    const ids = textsIn(parameters, 'artifactIds')
    if (ids.length === 0) {
      throw new Problem(400, 'missing-parameter', 'Expected IDs of artifacts in "artifactIds", found none.')
    }
    for (const id of ids) {
      if (await deployer.undeploy(id)) continue
      throw new Problem(404, 'unknown-artifact', `Expected a deployed artifact, found none with ID "${id}".`)
    }
    return {}
  },
}
