import { useMutation } from '@tanstack/react-query'
import '@ui5/webcomponents-icons/dist/database.js'
import '@ui5/webcomponents-icons/dist/lab.js'
import '@ui5/webcomponents-icons/dist/log.js'
import '@ui5/webcomponents-icons/dist/employee.js'
import '@ui5/webcomponents-icons/dist/shield.js'
import '@ui5/webcomponents-icons/dist/write-new.js'
import { Avatar } from '@ui5/webcomponents-react/Avatar'
import { ShellBar } from '@ui5/webcomponents-react/ShellBar'
import { SideNavigation } from '@ui5/webcomponents-react/SideNavigation'
import { SideNavigationItem } from '@ui5/webcomponents-react/SideNavigationItem'
import { SideNavigationSubItem } from '@ui5/webcomponents-react/SideNavigationSubItem'
import { UserMenu } from '@ui5/webcomponents-react/UserMenu'
import { UserMenuAccount } from '@ui5/webcomponents-react/UserMenuAccount'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { signOut } from '../api/session.ts'
import { useSession } from './session-gate.tsx'

const places = [
  {
    path: '/cockpit',
    icon: 'shield',
    text: 'app.cockpit',
    entries: [
      { path: '/cockpit/oauth', text: 'cockpit.oauth' },
      { path: '/cockpit/authorizations', text: 'cockpit.authorizations' },
    ],
  },
  { path: '/design', icon: 'write-new', text: 'app.design', entries: [] },
  {
    path: '/monitor',
    icon: 'log',
    text: 'app.monitor',
    entries: [
      { path: '/monitor', text: 'overview.title' },
      { path: '/monitor/messages', text: 'messages.title' },
      { path: '/monitor/artifacts', text: 'artifacts.title' },
      { path: '/monitor/security-material', text: 'security.title' },
      { path: '/monitor/keystore', text: 'keystore.title' },
      { path: '/monitor/data-stores', text: 'dataStores.title' },
      { path: '/monitor/variables', text: 'variables.title' },
      { path: '/monitor/queues', text: 'queues.title' },
      { path: '/monitor/number-ranges', text: 'numberRanges.title' },
      { path: '/monitor/access-log', text: 'accessLog.title' },
    ],
  },
  { path: '/test', icon: 'lab', text: 'app.test', entries: [] },
] as const

/** The entry that an address belongs to: the last whose path it is at or below. */
function entryAt(pathname: string): string | undefined {
  const paths = places.flatMap(({ entries }) => entries.map(({ path }) => path))
  return paths.filter(path => `${pathname}/`.startsWith(`${path}/`)).at(-1)
}

/** What is around every page: bar, places, and who is signed in. */
export function Shell() {
  const { t } = useTranslation()
  const { user, subaccount } = useSession()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [isMenuOpen, setMenuOpen] = useState(false)
  // A page that is loaded anew holds nothing of who was there before.
  const leaving = useMutation({ mutationFn: signOut, onSettled: () => location.assign('/') })
  return (
    <div className="shell">
      <header>
        <a className="skip-link" href="#content">
          {t('app.skip')}
        </a>
        <ShellBar
          primaryTitle={t('app.title')}
          secondaryTitle={t('app.subaccount', { name: subaccount })}
          logo={<img src="/console/icon.svg" alt={t('app.home')} />}
          profile={<Avatar id="profile" accessibleName={user} initials={user.slice(0, 2).toUpperCase()} />}
          onLogoClick={() => void navigate('/')}
          onProfileClick={() => setMenuOpen(true)}
        />
        <UserMenu
          opener="profile"
          open={isMenuOpen}
          onClose={() => setMenuOpen(false)}
          onSignOutClick={() => leaving.mutate()}
          accounts={<UserMenuAccount titleText={user} subtitleText={subaccount} selected />}
        />
      </header>
      <SideNavigation
        accessibleName={t('app.navigation')}
        onSelectionChange={({ detail: { item } }) => void navigate(item.dataset.path ?? '/')}
      >
        {places.map(({ path, icon, text, entries }) => (
          <SideNavigationItem
            key={path}
            data-path={path}
            icon={icon}
            text={t(text)}
            expanded={pathname.startsWith(path)}
            unselectable={entries.length > 0}
            selected={entries.length === 0 && pathname.startsWith(path)}
          >
            {entries.map(entry => (
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
      <main id="content">
        <Outlet />
      </main>
    </div>
  )
}
