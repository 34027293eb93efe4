import { useErrorText } from './error-state.tsx'
import { fieldProblems, type Problems } from './field-problems.ts'

/**
 * What a form says about an error of sending it: what is wrong with each field (`labels`, `byCode`: as for `fieldProblems`), and
 * what is about none of them.
 */
export function useRefusal<Field extends string>(
  error: unknown,
  labels: Readonly<Record<Field, string>>,
  byCode: Readonly<Record<string, NoInfer<Field>>> = {},
): { readonly fields: Problems<Field>; readonly general: string | undefined } {
  const errorText = useErrorText(error)
  const { fields, rest } = fieldProblems(error, labels, byCode)
  return { fields, general: Object.keys(fields).length > 0 ? rest : errorText }
}
