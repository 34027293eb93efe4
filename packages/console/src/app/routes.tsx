import { createBrowserRouter, Navigate } from 'react-router'
import { designRoutes } from '../design/routes.tsx'
import { monitorRoutes } from '../monitor/routes.tsx'
import { NotFound } from './not-found.tsx'
import { PageError } from './page-error.tsx'
import { Home, Shell } from './shell.tsx'

/** Every address of the console. Pages are loaded when they are first opened. */
export const router = createBrowserRouter([
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: PageError,
    children: [
      { index: true, Component: Home },
      {
        path: 'cockpit',
        children: [
          { index: true, element: <Navigate to="/cockpit/oauth/clients" replace /> },
          {
            path: 'authorizations',
            lazy: async () => ({
              Component: (await import('../cockpit/authorizations-layout.tsx')).AuthorizationsLayout,
            }),
            children: [
              { index: true, element: <Navigate to="/cockpit/authorizations/users" replace /> },
              {
                path: 'users',
                lazy: async () => ({ Component: (await import('../cockpit/users-page.tsx')).UsersPage }),
              },
              {
                path: 'groups',
                lazy: async () => ({ Component: (await import('../cockpit/groups-page.tsx')).GroupsPage }),
              },
              {
                path: 'groups/group',
                lazy: async () => ({ Component: (await import('../cockpit/group-page.tsx')).GroupPage }),
              },
              {
                path: 'roles',
                lazy: async () => ({ Component: (await import('../cockpit/roles-page.tsx')).RolesPage }),
              },
              {
                path: 'roles/role',
                lazy: async () => ({ Component: (await import('../cockpit/role-page.tsx')).RolePage }),
              },
              {
                path: 'tokens',
                lazy: async () => ({ Component: (await import('../cockpit/tokens-page.tsx')).TokensPage }),
              },
            ],
          },
          {
            path: 'trust',
            children: [
              { index: true, element: <Navigate to="/cockpit/trust/local-users" replace /> },
              {
                path: 'local-users',
                lazy: async () => ({ Component: (await import('../cockpit/local-users-page.tsx')).LocalUsersPage }),
              },
              {
                path: 'local-users/user',
                lazy: async () => ({ Component: (await import('../cockpit/local-user-page.tsx')).LocalUserPage }),
              },
            ],
          },
          {
            path: 'oauth',
            lazy: async () => ({ Component: (await import('../cockpit/oauth-layout.tsx')).OAuthLayout }),
            children: [
              { index: true, element: <Navigate to="/cockpit/oauth/clients" replace /> },
              {
                path: 'branding',
                lazy: async () => ({ Component: (await import('../cockpit/branding-page.tsx')).BrandingPage }),
              },
              {
                path: 'platform-api',
                lazy: async () => ({ Component: (await import('../cockpit/platform-api-page.tsx')).PlatformApiPage }),
              },
              {
                path: 'clients',
                lazy: async () => ({ Component: (await import('../cockpit/clients-page.tsx')).ClientsPage }),
              },
              {
                path: 'clients/client/:id?',
                lazy: async () => ({ Component: (await import('../cockpit/client-page.tsx')).ClientPage }),
              },
            ],
          },
        ],
      },
      { path: 'design', children: designRoutes },
      { path: 'monitor', children: monitorRoutes },
      {
        path: 'shell/monitoring/Messages/:parameters',
        lazy: async () => ({ Component: (await import('../monitor/message-link.tsx')).MessageLink }),
      },
      {
        path: 'test',
        lazy: async () => ({ Component: (await import('../try-out/test-page.tsx')).TestPage }),
      },
      { path: '*', Component: NotFound },
    ],
  },
])
