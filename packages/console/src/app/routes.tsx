import { createBrowserRouter, type RouteObject } from 'react-router'
import { cockpitRoutes } from '../cockpit/routes.tsx'
import { designRoutes } from '../design/routes.tsx'
import { monitorRoutes } from '../monitor/routes.tsx'
import { NotFound } from './not-found.tsx'
import { PageError } from './page-error.tsx'
import { Home, Shell } from './shell.tsx'

const pages: RouteObject[] = [
  { index: true, Component: Home },
  { path: 'cockpit', children: cockpitRoutes },
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
]

/** Every address of the console. Pages are loaded when they are first opened; what goes wrong with one leaves the shell. */
export const router = createBrowserRouter([
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: PageError,
    children: [{ ErrorBoundary: PageError, children: pages }],
  },
])
