import { Input } from '@ui5/webcomponents-react/Input'
import { SuggestionItem } from '@ui5/webcomponents-react/SuggestionItem'
import type { Named } from '../../api/components.ts'
import { problemState } from '../../components/problem-state.tsx'
import type { ControlProps } from './controls.tsx'
import { useKnownNames } from './known-names.ts'
import { useDraft } from './use-draft.ts'

export interface NameControlProps extends ControlProps {
  readonly names: Named | undefined
  /** Values that are usual. */
  readonly usual: readonly string[]
}

/** A line of text; values that there are, or that are usual, are offered. */
export function NameControl(props: NameControlProps) {
  const { id, value, isReadOnly, problem, placeholder, names, usual, onCommit } = props
  const draft = useDraft(value, onCommit)
  const known = useKnownNames(names)
  return (
    <Input
      id={id}
      value={draft.text}
      readonly={isReadOnly}
      placeholder={placeholder ?? ''}
      showSuggestions={!isReadOnly}
      filter="Contains"
      noTypeahead
      {...problemState(problem)}
      onInput={({ target }) => draft.type(target.value)}
      onChange={({ target }) => draft.leave(target.value)}
    >
      {[...known, ...usual].map(name => (
        <SuggestionItem key={name} text={name} />
      ))}
    </Input>
  )
}
