import { type EntitySetApi, type Media, textOf } from './definition.ts'
import { readRuntime } from './permissions.ts'

/** Why a deployment failed: a JSON document at `$value`, nothing (204) while it has not failed. */
export const runtimeArtifactErrorInformations: EntitySetApi = {
  clients: ['contiva', 'documentation', 'figaf', 'FlashPipe', 'Jenkinsfiles', 'Piper'],
  set: {
    name: 'RuntimeArtifactErrorInformations',
    type: {
      name: 'RuntimeArtifactErrorInformation',
      key: ['Id'],
      hasStream: true,
      properties: { Id: { type: 'Edm.String', nullable: false } },
    },
  },
  roles: readRuntime,
  absent: 'Requested entity could not be found.',
  async find(key, { store }) {
    const found = await store.deployments.find(textOf(key, 'Id'))
    return found && { Id: found.id }
  },
  async media(row, { store }) {
    const found = await store.deployments.find(textOf(row, 'Id'))
    return found?.error === undefined ? undefined : errorDocument(found.error)
  },
}

/** The shape that clients read: `parameter[0]` is the whole text, and each of its sentences is a child of its own. */
function errorDocument(error: string): Media {
  const sentences = error.split('\n').filter(line => line.trim() !== '')
  const document = {
    message: message(sentences[0] ?? error),
    parameter: [error],
    childMessageInstances: sentences.map(sentence => ({
      message: message(sentence),
      parameter: [sentence],
      childMessageInstances: [],
    })),
  }
  return { contentType: 'application/json;charset=utf-8', body: JSON.stringify(document) }
}

/** `subsytemPartName` is the original's spelling. */
function message(messageText: string) {
  return {
    subsystemName: 'CONTENT_DEPLOY',
    subsytemPartName: 'CONTENT_DEPLOY',
    messageId: 'DEPLOYMENT_FAILED',
    messageText,
  }
}
