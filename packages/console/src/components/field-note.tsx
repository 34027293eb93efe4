/** Below a field: what is wrong with it or, where nothing is, what to know. */
export function FieldNote({
  problem,
  hint,
}: {
  readonly problem?: string | undefined
  readonly hint?: string | undefined
}) {
  if (problem !== undefined) {
    return (
      <span className="field-problem" role="alert">
        {problem}
      </span>
    )
  }
  return hint === undefined ? null : <span className="field-hint">{hint}</span>
}
