import { Problem } from '../../http/problem.ts'
import { knownLevel, logLevels } from '../../runtime/log-levels.ts'
import { changeLogLevel } from '../odata/permissions.ts'
import { deployedSubject } from '../odata/protected-subjects.ts'
import { wantedDeployment } from './artifact-information.ts'
import { type Command, textIn } from './command.ts'

/** Sets the log level (`mplLogLevel`) of a deployed flow (`artifactSymbolicName`). */
export const integrationComponentSetMplLogLevel: Command = {
  name: 'com.sap.it.op.tmn.commands.dashboard.webui.IntegrationComponentSetMplLogLevelCommand',
  method: 'POST',
  doc: 'Sets the log level of a deployed flow: `artifactSymbolicName`, `mplLogLevel`.',
  roles: changeLogLevel,
  audit: {
    object: 'log-level',
    action: 'update',
    ids: parameters => [textIn(parameters, 'artifactSymbolicName') ?? ''],
  },
  subjects: async (parameters, context) => [
    await deployedSubject(textIn(parameters, 'artifactSymbolicName') ?? '', context),
  ],
  async run(parameters, context) {
    const text = textIn(parameters, 'mplLogLevel') ?? ''
    const level = knownLevel(text)
    if (!level) {
      const detail = `Expected "mplLogLevel" to be one of ${logLevels.join(', ')}, found "${text.slice(0, 100)}".`
      throw new Problem(400, 'unknown-log-level', detail)
    }
    const { id, type } = await wantedDeployment(parameters, 'artifactSymbolicName', context)
    if (type !== 'IntegrationFlow') {
      throw new Problem(400, 'not-a-flow', `Expected an integration flow, found "${id}", which is none.`)
    }
    await context.logLevels.set(id, level)
    return {}
  },
}
