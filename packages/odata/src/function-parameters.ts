import type { FunctionImport, PrimitiveValue } from './edm/model.ts'
import { ODataError } from './error.ts'
import { literalAs, scanLiteral } from './url/literal.ts'

/**
 * Reads the parameters of a function import from the query, where they are literals: `Id='x'`. A text without any quotes is
 * taken as it is, because `@contiva/sap-integration-suite-client` leaves them out of some. Throws `ODataError`.
 */
export function parseParameters(
  functionImport: FunctionImport,
  custom: ReadonlyMap<string, string>,
): Readonly<Record<string, PrimitiveValue | undefined>> {
  const entries = Object.entries(functionImport.parameters).map(([name, { type, nullable = true }]) => {
    const text = custom.get(name)
    if (text === undefined && nullable) return [name, undefined] as const
    if (text && type === 'Edm.String' && !text.includes("'")) return [name, text] as const
    const literal = text === undefined ? undefined : scanLiteral(text, 0, 'malformed-option')
    const value = literal && literal.length === text?.length ? literalAs(type, literal.value) : undefined
    if (value === undefined) {
      const example = type === 'Edm.String' ? `${name}='value'` : `a literal of type ${type} for ${name}`
      throw new ODataError('malformed-option', `Expected ${example} in the query, found ${text ?? 'nothing'}`)
    }
    return [name, value] as const
  })
  return Object.fromEntries(entries)
}
