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
  {
    path: 'queues',
    lazy: async () => ({ Component: (await import('./queues-page.tsx')).QueuesPage }),
  },
  {
    path: 'queues/:name',
    lazy: async () => ({ Component: (await import('./queue-page.tsx')).QueuePage }),
  },
  {
    path: 'data-stores',
    lazy: async () => ({ Component: (await import('./data-stores-page.tsx')).DataStoresPage }),
  },
  {
    path: 'data-stores/entries',
    lazy: async () => ({ Component: (await import('./data-store-page.tsx')).DataStorePage }),
  },
  {
    path: 'variables',
    lazy: async () => ({ Component: (await import('./variables-page.tsx')).VariablesPage }),
  },
  {
    path: 'number-ranges',
    lazy: async () => ({ Component: (await import('./number-ranges-page.tsx')).NumberRangesPage }),
  },
  {
    path: 'security-material',
    lazy: async () => ({ Component: (await import('./security-material-page.tsx')).SecurityMaterialPage }),
  },
  {
    path: 'usage',
    lazy: async () => ({ Component: (await import('./usage-page.tsx')).UsagePage }),
  },
  {
    path: 'access-log',
    lazy: async () => ({ Component: (await import('./access-log-page.tsx')).AccessLogPage }),
  },
  {
    path: 'keystore',
    lazy: async () => ({ Component: (await import('./keystore-page.tsx')).KeystorePage }),
  },
  {
    path: 'keystore/:hexalias',
    lazy: async () => ({ Component: (await import('./keystore-entry-page.tsx')).KeystoreEntryPage }),
  },
]
