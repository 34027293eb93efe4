import type { RouteObject } from 'react-router'

/** Pages of the monitor, below `/monitor`. */
export const monitorRoutes: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('./overview-page.tsx')).OverviewPage }) },
  {
    path: 'messages',
    lazy: async () => ({ Component: (await import('./messages-page.tsx')).MessagesPage }),
  },
  {
    path: 'messages/:guid',
    lazy: async () => ({ Component: (await import('./message-page.tsx')).MessagePage }),
  },
  {
    path: 'artifacts',
    lazy: async () => ({ Component: (await import('./artifacts-page.tsx')).ArtifactsPage }),
  },
  {
    path: 'artifacts/:id',
    lazy: async () => ({ Component: (await import('./artifact-page.tsx')).ArtifactPage }),
  },
]
