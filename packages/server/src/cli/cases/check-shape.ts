import { createRequire } from 'node:module'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { caseFileSchema } from './case-schema.ts'

const require = createRequire(import.meta.url)

/** What is wrong with the shape of a test file, and at which keys. */
export interface ShapeProblem {
  readonly message: string
  readonly path: readonly string[]
}

let validate: ValidateFunction | undefined

/** Compares a test file with `caseFileSchema`; undefined when it fits. */
export function checkShape(value: unknown): ShapeProblem | undefined {
  validate ??= new (require('ajv') as typeof import('ajv')).Ajv({ strict: false }).compile(caseFileSchema)
  if (validate(value)) return undefined
  const [error] = validate.errors ?? []
  if (!error) return { message: 'Expected a test file, found something else', path: [] }
  const path = error.instancePath.split('/').slice(1).map(unescapePointer)
  return describe(error, path, value)
}

function describe(
  { keyword, params, message, parentSchema }: ErrorObject,
  path: string[],
  value: unknown,
): ShapeProblem {
  const place = path.length === 0 ? 'the file' : `"${path.join('.')}"`
  if (keyword === 'additionalProperties') {
    const found = String(params.additionalProperty)
    const known = Object.keys((parentSchema?.properties as object | undefined) ?? propertiesAt(path))
    return {
      message: `Expected one of the keys ${known.join(', ')} in ${place}, found "${found}"`,
      path: [...path, found],
    }
  }
  if (keyword === 'required')
    return { message: `Expected key "${params.missingProperty}" in ${place}, found none`, path }
  if (keyword === 'type') {
    const found = kindOf(valueAt(value, path))
    return { message: `Expected ${place} to be ${[params.type].flat().join(' or ')}, found ${found}`, path }
  }
  if (keyword === 'enum') {
    const words = (params.allowedValues as unknown[]).join(', ')
    return { message: `Expected ${place} to be one of ${words}, found "${String(valueAt(value, path))}"`, path }
  }
  return { message: `Expected another ${place}: it ${message ?? 'is not valid'}`, path }
}

/** The declared keys at a place of the file: lists and names of things have schemas of their own. */
function propertiesAt(path: readonly string[]): object {
  let schema: Record<string, unknown> = caseFileSchema as never
  for (const key of path) {
    const { properties, additionalProperties, items } = schema as Record<string, Record<string, unknown> | undefined>
    const next = /^\d+$/.test(key) && items ? items : (properties?.[key] ?? additionalProperties)
    if (typeof next !== 'object') return {}
    schema = next as Record<string, unknown>
  }
  return (schema.properties as object | undefined) ?? {}
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value)
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing'
  return Array.isArray(value) ? 'a list' : typeof value
}

function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~')
}
