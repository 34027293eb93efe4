import { useMutation } from '@tanstack/react-query'
import '@ui5/webcomponents-icons/dist/locked.js'
import '@ui5/webcomponents-icons/dist/employee.js'
import '@ui5/webcomponents-icons/dist/menu2.js'
import '@ui5/webcomponents-icons/dist/world.js'
import { Avatar } from '@ui5/webcomponents-react/Avatar'
import { Button } from '@ui5/webcomponents-react/Button'
import { ShellBar } from '@ui5/webcomponents-react/ShellBar'
import { UserMenu } from '@ui5/webcomponents-react/UserMenu'
import { UserMenuAccount } from '@ui5/webcomponents-react/UserMenuAccount'
import { UserMenuItem } from '@ui5/webcomponents-react/UserMenuItem'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router'
import { placeAfter, signOut } from '../api/session.ts'
import { chooseLanguage, languages } from '../i18n/index.ts'
import { MissingRole } from './missing-role.tsx'
import { Navigation, useNavigationSize } from './navigation.tsx'
import { mayEnter, neededAt, places } from './places.ts'
import { ServerStatus } from './server-status.tsx'
import { useSession } from './session-gate.tsx'

/** Few people need it, and no page waits for it. */
const ChangePasswordDialog = lazy(async () => ({
  default: (await import('./change-password-dialog.tsx')).ChangePasswordDialog,
}))

/** What is around every page: bar, places, and who is signed in. */
export function Shell() {
  const { t, i18n } = useTranslation()
  const other = i18n.language === 'de' ? 'en' : 'de'
  const session = useSession()
  const { user, subaccount } = session
  const needed = neededAt(useLocation().pathname)
  const navigate = useNavigate()
  const [isMenuOpen, setMenuOpen] = useState(false)
  const { isCollapsed, toggle, leave } = useNavigationSize()
  const [isChanging, setChanging] = useState(false)
  // A page that is loaded anew holds nothing of who was there before.
  const leaving = useMutation({ mutationFn: signOut, onSettled: () => location.assign(placeAfter(session)) })
  return (
    <div className={isCollapsed ? 'shell shell-collapsed' : 'shell'}>
      <header>
        <a className="skip-link" href="#content">
          {t('app.skip')}
        </a>
        <ShellBar
          primaryTitle={t('app.title')}
          secondaryTitle={t('app.subaccount', { name: subaccount })}
          startButton={
            <Button
              icon="menu2"
              accessibleName={t('app.navigation')}
              tooltip={t(isCollapsed ? 'app.expandNavigation' : 'app.collapseNavigation')}
              accessibilityAttributes={{ expanded: isCollapsed ? 'false' : 'true' }}
              onClick={toggle}
            />
          }
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
          onItemClick={({ detail: { item } }) =>
            item.dataset.language === other ? void chooseLanguage(other) : setChanging(true)
          }
        >
          {isMenuOpen && session.provider === undefined && (
            <UserMenuItem icon="locked" text={t('signIn.changeTitle')} />
          )}
          {isMenuOpen && <UserMenuItem icon="world" data-language={other} text={languages[other]} lang={other} />}
        </UserMenu>
        <Suspense>{isChanging && <ChangePasswordDialog onClose={() => setChanging(false)} />}</Suspense>
      </header>
      <Navigation onLeave={leave} />
      <main id="content" tabIndex={-1}>
        <ServerStatus />
        {needed === undefined || mayEnter(session, { needs: needed }) ? <Outlet /> : <MissingRole needed={needed} />}
      </main>
    </div>
  )
}

/** Leads from the console's own address to the overview or, who may not see it, to the first place they may enter. */
export function Home() {
  const session = useSession()
  const isAllowed = (path: string) => places.some(place => place.path === path && mayEnter(session, place))
  const first = isAllowed('/monitor') ? '/monitor' : places.find(place => mayEnter(session, place))?.path
  return <Navigate to={first ?? '/test'} replace />
}
