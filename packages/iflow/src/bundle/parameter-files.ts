/** The files that hold an artifact's externalised parameters, read and changed in place. Runs in a browser. */

export { parseProperties, withoutProperties, withProperties } from './java-properties.ts'
export {
  type ParameterDefinition,
  type ParameterReference,
  parseParameterDefinitions,
  withoutParameterDefinitions,
  withParameterDefinition,
  withParameterReference,
} from './parameter-definitions.ts'
export { type Substituted, substituteParameters } from './parameters.ts'
