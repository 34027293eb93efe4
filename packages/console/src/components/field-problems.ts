import { ApiError } from '../api/http.ts'

/** What is wrong with fields of a form. */
export type Problems<Field extends string> = Readonly<Partial<Record<Field, string>>>

/** What the server did not accept, by the field it is about; `rest` is what is about no field. */
export interface FieldProblems<Field extends string> {
  readonly fields: Problems<Field>
  readonly rest: string | undefined
}

/** Quoted text of a refusal. What was found, or belongs to a group, is a value and no field. */
const quoted = /(found |group )?"([^"]*)"/g

/**
 * Sorts the sentences of a refusal (`Expected "name" …`, `Expected "part.name.0" …`) by the field that each names first, and has
 * them name fields as people see them: `labels` are the labels of the fields, by their names in the API; places in lists
 * count from 1. `byCode` says which field a whole refusal is about by its code.
 */
export function fieldProblems<Field extends string>(
  error: unknown,
  labels: Readonly<Record<Field, string>>,
  byCode: Readonly<Record<string, NoInfer<Field>>> = {},
): FieldProblems<Field> {
  const nothing = { fields: {} as Problems<Field>, rest: undefined }
  if (!(error instanceof ApiError) || error.status === 403 || error.status >= 500) return nothing
  const known = byCode[error.code]
  if (known !== undefined) return { fields: { [known]: error.message } as Problems<Field>, rest: undefined }
  const found: Partial<Record<Field, string>> = {}
  const rest: string[] = []
  for (const sentence of error.message.split(/(?<=\.) (?=Expected |In a rule )/)) {
    const { field, text } = labelled(sentence, labels)
    if (field === undefined) rest.push(text)
    else found[field] = found[field] === undefined ? text : `${found[field]} ${text}`
  }
  return { fields: found, rest: rest.length > 0 ? rest.join(' ') : undefined }
}

function labelled<Field extends string>(sentence: string, labels: Readonly<Record<Field, string>>) {
  let first: Field | undefined
  const text = sentence.replace(quoted, (whole, value: string | undefined, name: string) => {
    const path = name.split('.')
    const field = path.find((part): part is Field => Object.hasOwn(labels, part))
    if (value !== undefined || field === undefined) return whole
    first ??= field
    const places = path.filter(part => /^\d+$/.test(part)).map(part => Number(part) + 1)
    return `"${[labels[field], ...(places.length > 0 ? [places.join('.')] : [])].join(' ')}"`
  })
  return { field: first, text }
}
