import assert from 'node:assert/strict'
import { Ajv } from 'ajv'
import { schemaCompilers } from '../schema-compilers.ts'

/** The compilers of the server, but an answer that is not what its schema says fails the test. */
export function checkedReplies(): ReturnType<typeof schemaCompilers> {
  const ajv = new Ajv()
  return {
    ...schemaCompilers(),
    buildSerializer:
      () =>
      ({ schema, method, url }) => {
        const validate = ajv.compile(schema as object)
        return (data: unknown) => {
          assert.ok(
            validate(data),
            `${method} ${url} answers ${JSON.stringify(data)}: ${ajv.errorsText(validate.errors)}`,
          )
          return JSON.stringify(data)
        }
      },
  }
}
