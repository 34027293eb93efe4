import { ApiError } from '../api/http.ts'

/** What is wrong with fields of a form. */
export type Problems<Field extends string> = Readonly<Partial<Record<Field, string>>>

/** What the server did not accept, by the field it is about; `rest` is what is about no field. */
export interface FieldProblems<Field extends string> {
  readonly fields: Problems<Field>
  readonly rest: string | undefined
}

/**
 * Sorts the sentences of a refusal (`Expected "name" …`, `Expected "part.name.0" …`) by the field that each names first. `byCode` says which field a
 * whole refusal is about by its code.
 */
export function fieldProblems<Field extends string>(
  error: unknown,
  fields: readonly Field[],
  byCode: Readonly<Record<string, Field>> = {},
): FieldProblems<Field> {
  const nothing = { fields: {} as Problems<Field>, rest: undefined }
  if (!(error instanceof ApiError) || error.status === 403 || error.status >= 500) return nothing
  const known = byCode[error.code]
  if (known !== undefined) return { fields: { [known]: error.message } as Problems<Field>, rest: undefined }
  const found: Partial<Record<Field, string>> = {}
  const rest: string[] = []
  for (const sentence of error.message.split(/(?<=\.) (?=Expected )/)) {
    const path = /"([^"]*)"/.exec(sentence)?.[1]?.split('.') ?? []
    const field = fields.find(field => path.includes(field))
    if (field === undefined) rest.push(sentence)
    else found[field] = found[field] === undefined ? sentence : `${found[field]} ${sentence}`
  }
  return { fields: found, rest: rest.length > 0 ? rest.join(' ') : undefined }
}
