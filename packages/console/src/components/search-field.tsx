import { Input } from '@ui5/webcomponents-react/Input'
import { useSearchParams } from 'react-router'

/** What is looked for in the list of a page: it is in the address as `search`. */
export function useSearch(): string {
  return useSearchParams()[0].get('search') ?? ''
}

/** Where a person types what `useSearch` gives. `label` says what is searched. */
export function SearchField({ label }: { readonly label: string }) {
  const [params, setParams] = useSearchParams()
  return (
    <search>
      <Input
        type="Search"
        accessibleName={label}
        placeholder={label}
        showClearIcon
        value={params.get('search') ?? ''}
        onInput={({ target: { value } }) => setParams(value === '' ? {} : { search: value }, { replace: true })}
      />
    </search>
  )
}
