import type { FastifySchemaValidationError } from 'fastify'
import { Problem } from './problem.ts'

/** Says for each field what was expected of it. `part` is `body`, `querystring`, `params` or `headers`. */
export function fieldProblem(errors: readonly FastifySchemaValidationError[], part: string): Problem {
  return new Problem(400, 'invalid-request', errors.map(error => sentence(error, part)).join(' '))
}

function sentence({ keyword, instancePath, params, message }: FastifySchemaValidationError, part: string): string {
  const field = instancePath.slice(1).replaceAll('/', '.')
  const inside = field === '' ? `the ${part}` : `"${field}"`
  if (keyword === 'additionalProperties') return `Expected no field "${params.additionalProperty}" in ${inside}.`
  if (keyword === 'required') return `Expected a field "${params.missingProperty}" in ${inside}, found none.`
  if (keyword === 'enum' && Array.isArray(params.allowedValues)) {
    return `Expected ${inside} to be one of ${params.allowedValues.join(', ')}.`
  }
  return `Expected ${inside} ${message?.replace(/^must /, 'to ') ?? 'to be valid'}.`
}
