import { type EntityBody, ODataError } from '@sluice/odata'
import type { CustomParameter } from '../../store/store.ts'
import type { EntitySetApi } from './definition.ts'
import { readRuntime } from './permissions.ts'

/** What clients send besides the parameters of RFC 6749, reached through `OAuth2ClientCredentials`. */
export const customParameters: EntitySetApi = {
  clients: ['contiva'],
  set: {
    name: 'CustomParameters',
    type: {
      name: 'CustomParameter',
      key: ['Key', 'Value', 'SendAsPartOf'],
      properties: {
        Key: { type: 'Edm.String', nullable: false },
        Value: { type: 'Edm.String', nullable: false },
        SendAsPartOf: { type: 'Edm.String', nullable: false },
      },
    },
  },
  roles: readRuntime,
}

/** "You can add a maximum of 20 key-value pairs." */
const parametersMax = 20
/** "The maximum length of the fields can be 1024 characters." */
const lengthMax = 1_024
/** 'The Key cannot be "client_id," "client_secret," or "grant_type".' */
const reserved = ['client_id', 'client_secret', 'grant_type']
const parts = ['body', 'header', 'url']

/** The parameters of bodies. Throws `ODataError` for what "Deploying an OAuth2 Client Credentials Artifact" (801b106) excludes. */
export function customParametersOf(bodies: readonly EntityBody[]): CustomParameter[] {
  const parameters = bodies.map(parameterOf)
  const found = parameters.length
  if (found > parametersMax) throw invalid(`at most ${parametersMax} custom parameters, found ${found}`)
  if (new Set(parameters.map(parameter => JSON.stringify(parameter))).size < found)
    throw invalid('each custom parameter once')
  return parameters
}

function parameterOf(body: EntityBody): CustomParameter {
  const [key, value, part] = ['Key', 'Value', 'SendAsPartOf'].map(name => fieldOf(body, name))
  const sendAsPartOf = part?.toLowerCase() ?? ''
  if (key === undefined || value === undefined || !parts.includes(sendAsPartOf))
    throw invalid(`"SendAsPartOf" to be ${parts.join(' or ')}, found "${sendAsPartOf.slice(0, 100)}"`)
  if (reserved.includes(key)) throw invalid(`"Key" to be none of ${reserved.join(', ')}, found "${key}"`)
  if (sendAsPartOf === 'header' && !(/^[\w!#$%&'*+.^`|~-]+$/.test(key) && /^[\x20-\x7e]*$/.test(value)))
    throw invalid(`a header that HTTP allows, found "${key.slice(0, 100)}"`)
  return { key, value, sendAsPartOf }
}

function fieldOf(body: EntityBody, name: string): string {
  const value = body[name]
  if (typeof value === 'string' && value.trim() !== '' && value.length <= lengthMax) return value
  throw invalid(`"${name}" of a custom parameter to have 1 to ${lengthMax} characters`)
}

function invalid(expected: string): ODataError {
  return new ODataError('invalid-value', `Expected ${expected}`)
}
