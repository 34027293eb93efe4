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
    path: 'packages/:id/:kind/:artifactId/compare',
    lazy: async () => ({ Component: (await import('../versions/compare-page.tsx')).ComparePage }),
  },
  {
    path: 'packages/:id/:kind/:artifactId/resource',
    lazy: async () => ({ Component: (await import('../resources/resource-page.tsx')).ResourcePage }),
  },
  {
    path: 'packages/:id/IntegrationFlow/:artifactId/flow',
    lazy: async () => ({ Component: (await import('../flow-editor/flow-page.tsx')).FlowPage }),
  },
]
