import type { RouteObject } from 'react-router'

/** Pages of the design place, below `/design`. */
export const designRoutes: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('./packages-page.tsx')).PackagesPage }) },
  { path: 'packages/:id', lazy: async () => ({ Component: (await import('./package-page.tsx')).PackagePage }) },
  {
    path: 'packages/:id/:kind/:artifactId',
    lazy: async () => ({ Component: (await import('./artifact-page.tsx')).DesignArtifactPage }),
  },
  {
    path: 'packages/:id/IntegrationFlow/:artifactId/flow',
    lazy: async () => ({ Component: (await import('../flow-editor/flow-page.tsx')).FlowPage }),
  },
]
