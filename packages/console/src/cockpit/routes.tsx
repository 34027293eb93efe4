import { Navigate, type RouteObject } from 'react-router'

/** Pages of the cockpit, below `/cockpit`. */
export const cockpitRoutes: RouteObject[] = [
  { index: true, element: <Navigate to="/cockpit/oauth/clients" replace /> },
  {
    path: 'authorizations',
    lazy: async () => ({
      Component: (await import('./authorizations-layout.tsx')).AuthorizationsLayout,
    }),
    children: [
      { index: true, element: <Navigate to="/cockpit/authorizations/users" replace /> },
      {
        path: 'users',
        lazy: async () => ({ Component: (await import('./users-page.tsx')).UsersPage }),
      },
      {
        path: 'groups',
        lazy: async () => ({ Component: (await import('./groups-page.tsx')).GroupsPage }),
      },
      {
        path: 'groups/group',
        lazy: async () => ({ Component: (await import('./group-page.tsx')).GroupPage }),
      },
      {
        path: 'roles',
        lazy: async () => ({ Component: (await import('./roles-page.tsx')).RolesPage }),
      },
      {
        path: 'roles/role',
        lazy: async () => ({ Component: (await import('./role-page.tsx')).RolePage }),
      },
      {
        path: 'tokens',
        lazy: async () => ({ Component: (await import('./tokens-page.tsx')).TokensPage }),
      },
    ],
  },
  {
    path: 'trust',
    lazy: async () => ({ Component: (await import('./trust-layout.tsx')).TrustLayout }),
    children: [
      { index: true, element: <Navigate to="/cockpit/trust/local-users" replace /> },
      {
        path: 'local-users',
        lazy: async () => ({ Component: (await import('./local-users-page.tsx')).LocalUsersPage }),
      },
      {
        path: 'local-users/user',
        lazy: async () => ({ Component: (await import('./local-user-page.tsx')).LocalUserPage }),
      },
      {
        path: 'identity-providers',
        lazy: async () => ({ Component: (await import('./identity-providers-page.tsx')).IdentityProvidersPage }),
      },
      {
        path: 'identity-providers/provider',
        lazy: async () => ({ Component: (await import('./identity-provider-page.tsx')).IdentityProviderPage }),
      },
      {
        path: 'external-users',
        lazy: async () => ({ Component: (await import('./external-users-page.tsx')).ExternalUsersPage }),
      },
    ],
  },
  {
    path: 'audit-log',
    lazy: async () => ({ Component: (await import('./audit-log-page.tsx')).AuditLogPage }),
  },
  {
    path: 'oauth',
    lazy: async () => ({ Component: (await import('./oauth-layout.tsx')).OAuthLayout }),
    children: [
      { index: true, element: <Navigate to="/cockpit/oauth/clients" replace /> },
      {
        path: 'branding',
        lazy: async () => ({ Component: (await import('./branding-page.tsx')).BrandingPage }),
      },
      {
        path: 'platform-api',
        lazy: async () => ({ Component: (await import('./platform-api-page.tsx')).PlatformApiPage }),
      },
      {
        path: 'signing-keys',
        lazy: async () => ({ Component: (await import('./signing-keys-page.tsx')).SigningKeysPage }),
      },
      {
        path: 'scopes',
        lazy: async () => ({ Component: (await import('./scopes-page.tsx')).ScopesPage }),
      },
      {
        path: 'clients',
        lazy: async () => ({ Component: (await import('./clients-page.tsx')).ClientsPage }),
      },
      {
        path: 'clients/client/:id?',
        lazy: async () => ({ Component: (await import('./client-page.tsx')).ClientPage }),
      },
    ],
  },
]
