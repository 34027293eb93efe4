import { Failure } from '../run/failure.ts'

/** The failure of a mapping, with the exception that the original throws. */
export function mappingFailure(message: string): Failure {
  const exception = { className: 'com.sap.xi.mapping.camel.XiMappingException', properties: {} }
  return new Failure(message, { code: 'mapping', exception })
}
