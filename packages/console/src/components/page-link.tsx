import { Link } from '@ui5/webcomponents-react/Link'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'

/** A link to another page of the console: opened here, or in a tab of its own with the keys that browsers have for it. */
export function PageLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  const navigate = useNavigate()
  return (
    <Link
      href={to}
      onClick={event => {
        const { ctrlKey, metaKey, shiftKey, altKey } = event.detail
        if (ctrlKey || metaKey || shiftKey || altKey) return
        event.preventDefault()
        void navigate(to)
      }}
    >
      {children}
    </Link>
  )
}
