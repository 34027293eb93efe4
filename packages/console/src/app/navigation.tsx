import '@ui5/webcomponents-icons/dist/lab.js'
import '@ui5/webcomponents-icons/dist/line-chart.js'
import '@ui5/webcomponents-icons/dist/shield.js'
import '@ui5/webcomponents-icons/dist/write-new.js'
import { SideNavigation } from '@ui5/webcomponents-react/SideNavigation'
import { SideNavigationItem } from '@ui5/webcomponents-react/SideNavigationItem'
import { SideNavigationSubItem } from '@ui5/webcomponents-react/SideNavigationSubItem'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { entryAt, mayEnter, places } from './places.ts'
import { useSession } from './session-gate.tsx'

const choiceKey = 'sluice.navigation'
const narrow = '(width < 64rem)'
const tiny = '(width < 37.5rem)'

/** Whether the navigation is folded away, and how to change it. What a person chooses on a wide screen stays. */
export function useNavigationSize() {
  const [isCollapsed, setCollapsed] = useState(
    () => matchMedia(narrow).matches || localStorage.getItem(choiceKey) === 'collapsed',
  )
  useEffect(() => {
    const query = matchMedia(narrow)
    const follow = () => setCollapsed(query.matches || localStorage.getItem(choiceKey) === 'collapsed')
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  return {
    isCollapsed,
    toggle: () => {
      if (!matchMedia(narrow).matches) localStorage.setItem(choiceKey, isCollapsed ? 'expanded' : 'collapsed')
      setCollapsed(!isCollapsed)
    },
    /** Where it is in front of the page. */
    leave: () => matchMedia(tiny).matches && setCollapsed(true),
  }
}

export interface NavigationProps {
  readonly onLeave: () => void
}

/** The places that the person may enter. */
export function Navigation({ onLeave }: NavigationProps) {
  const { t } = useTranslation()
  const session = useSession()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  return (
    <SideNavigation
      accessibleName={t('app.navigation')}
      onSelectionChange={({ detail: { item } }) => {
        onLeave()
        void navigate(item.dataset.path ?? '/')
      }}
    >
      {places
        .filter(place => mayEnter(session, place))
        .map(({ path, icon, text, entries }) => (
          <SideNavigationItem
            key={path}
            data-path={path}
            icon={icon}
            text={t(text)}
            expanded={pathname.startsWith(path)}
            unselectable={entries.length > 0}
            selected={entries.length === 0 && pathname.startsWith(path)}
          >
            {entries
              .filter(entry => mayEnter(session, entry))
              .map(entry => (
                <SideNavigationSubItem
                  key={entry.path}
                  data-path={entry.path}
                  text={t(entry.text)}
                  selected={entry.path === entryAt(pathname)}
                />
              ))}
          </SideNavigationItem>
        ))}
    </SideNavigation>
  )
}
