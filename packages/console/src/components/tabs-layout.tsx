import { Tab } from '@ui5/webcomponents-react/Tab'
import { TabContainer } from '@ui5/webcomponents-react/TabContainer'
import { Outlet, useLocation, useNavigate } from 'react-router'

export interface TabsLayoutProps {
  readonly tabs: readonly { readonly path: string; readonly text: string }[]
}

/** Pages beside each other, each at its own address below one of `tabs`. */
export function TabsLayout({ tabs }: TabsLayoutProps) {
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const isCurrent = (path: string) => pathname === path || pathname.startsWith(`${path}/`)
  // Where none is current, the route leads on to one.
  if (!tabs.some(({ path }) => isCurrent(path))) return <Outlet />
  return (
    <TabContainer
      noAutoSelection
      onTabSelect={({ detail: { tab } }) => {
        const chosen = tabs.find(({ path }) => path === tab.dataset.path)
        if (chosen) void navigate(chosen.path)
      }}
    >
      {tabs.map(({ path, text }) => (
        <Tab key={path} data-path={path} text={text} selected={isCurrent(path)}>
          {isCurrent(path) && <Outlet />}
        </Tab>
      ))}
    </TabContainer>
  )
}
