import { createRequire } from 'node:module'
import type { Ajv, Options, ValidateFunction } from 'ajv'
import type { FastifySchemaCompiler, FastifyServerOptions } from 'fastify'

const require = createRequire(import.meta.url)

/** Text of a URL becomes the type that its schema wants; nothing that the caller sent is dropped; all mistakes are told. */
const options: Options = { coerceTypes: 'array', useDefaults: true, removeAdditional: false, allErrors: true }

type CompilersFactory = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>

/**
 * Compiles the schema of a route when its first request is checked, and loads the compiler then: no token and no message
 * needs it. Answers are written as they are; that they are what their schemas say is for tests to find out.
 */
export function schemaCompilers(): Required<CompilersFactory> {
  let ajv: Ajv | undefined
  const compile = (schema: object): ValidateFunction => {
    ajv ??= new (require('ajv') as typeof import('ajv')).Ajv(options)
    return ajv.compile(schema)
  }
  const validator: FastifySchemaCompiler<object> = ({ schema }) => {
    let validate: ValidateFunction | undefined
    return (data: unknown) => {
      validate ??= compile(schema)
      return validate(data) || { error: validate.errors as never }
    }
  }
  return {
    // Fastify's type is that of its own compiler; it calls this one as its documentation says.
    buildValidator: (() => validator) as unknown as NonNullable<CompilersFactory['buildValidator']>,
    buildSerializer: () => () => JSON.stringify,
  }
}
