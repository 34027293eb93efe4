import type { FastifySchemaValidationError } from 'fastify'
import { wordsOfPattern } from './patterns.ts'
import { Problem } from './problem.ts'

/** Says for each field what was expected of it. `part` is `body`, `querystring`, `params` or `headers`. */
export function fieldProblem(errors: readonly FastifySchemaValidationError[], part: string): Problem {
  return new Problem(400, 'invalid-request', errors.map(error => sentence(error, part)).join(' '))
}

function sentence({ keyword, instancePath, params, message }: FastifySchemaValidationError, part: string): string {
  const field = instancePath.slice(1).replaceAll('/', '.')
  const inside = field === '' ? `the ${part}` : `"${field}"`
  if (keyword === 'additionalProperties') return `Expected no field "${params.additionalProperty}" in ${inside}.`
  if (keyword === 'propertyNames') return `Expected no field "${params.propertyName}" in ${inside}.`
  if (keyword === 'required') return `Expected a field "${params.missingProperty}" in ${inside}, found none.`
  if (keyword === 'enum' && Array.isArray(params.allowedValues)) {
    return `Expected ${inside} to be one of ${params.allowedValues.join(', ')}.`
  }
  const words = keyword === 'pattern' ? wordsOfPattern(String(params.pattern)) : undefined
  if (words !== undefined) return `Expected ${inside} to be ${words}.`
  return `Expected ${inside} ${inWords(message)}.`
}

/** What Ajv says of limits (`must NOT have fewer than 1 characters`) and all else. */
function inWords(message = 'must be valid'): string {
  return message
    .replace(/^must NOT have fewer than (\d+)/, 'to have at least $1')
    .replace(/^must NOT have more than (\d+)/, 'to have at most $1')
    .replace(/^must /, 'to ')
}
