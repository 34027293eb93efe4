import { hasRole, type Session } from '../api/session.ts'

/** The role without which the server shows nothing of a place, and its application. */
export type Needed = readonly [application: 'iflmap' | 'tmn' | 'cockpit', role: string]

const administrator: Needed = ['cockpit', 'Administrator']
const operations: Needed = ['tmn', 'IntegrationOperationServer.read']
const runtime: Needed = ['tmn', 'NodeManager.read']
const accessLog: Needed = ['tmn', 'AuditLog.Read']
const stored: Needed = ['tmn', 'ESBDataStore.read']

/** The places of the console and the entries below them, as the navigation shows them. */
export const places = [
  {
    path: '/cockpit',
    icon: 'shield',
    text: 'app.cockpit',
    needs: administrator,
    entries: [
      { path: '/cockpit/oauth', text: 'cockpit.oauth', needs: administrator },
      { path: '/cockpit/authorizations', text: 'cockpit.authorizations', needs: administrator },
      { path: '/cockpit/trust', text: 'cockpit.trust', needs: administrator },
      { path: '/cockpit/audit-log', text: 'audit.title', needs: administrator },
    ],
  },
  { path: '/design', icon: 'write-new', text: 'app.design', needs: ['tmn', 'WebToolingWorkspace.Read'], entries: [] },
  {
    path: '/monitor',
    icon: 'line-chart',
    text: 'app.monitor',
    needs: operations,
    entries: [
      { path: '/monitor', text: 'overview.title', needs: operations },
      { path: '/monitor/messages', text: 'messages.title', needs: operations },
      { path: '/monitor/artifacts', text: 'artifacts.title', needs: runtime },
      { path: '/monitor/security-material', text: 'security.title', needs: runtime },
      { path: '/monitor/keystore', text: 'keystore.title', needs: runtime },
      { path: '/monitor/data-stores', text: 'dataStores.title', needs: stored },
      { path: '/monitor/variables', text: 'variables.title', needs: stored },
      { path: '/monitor/queues', text: 'queues.title', needs: stored },
      { path: '/monitor/number-ranges', text: 'numberRanges.title', needs: operations },
      { path: '/monitor/access-log', text: 'accessLog.title', needs: accessLog },
      { path: '/monitor/usage', text: 'usage.title', needs: operations },
    ],
  },
  { path: '/test', icon: 'lab', text: 'app.test', needs: undefined, entries: [] },
] as const satisfies readonly Place[]

interface Entry {
  readonly path: string
  readonly text: string
  /** Undefined where anybody may enter. */
  readonly needs: Needed | undefined
}

interface Place extends Entry {
  readonly icon: string
  readonly entries: readonly Entry[]
}

/** Whether somebody may enter a place or an entry. */
export function mayEnter(session: Session, { needs }: Pick<Entry, 'needs'>): boolean {
  return needs === undefined || hasRole(session, ...needs)
}

/** What somebody needs for the page at an address. */
export function neededAt(pathname: string): Needed | undefined {
  const all: readonly Entry[] = places.flatMap(({ entries, ...place }) => [place, ...entries])
  return all.filter(({ path }) => `${pathname}/`.startsWith(`${path}/`)).at(-1)?.needs
}

/** The entry that an address belongs to: the last whose path it is at or below. */
export function entryAt(pathname: string): string | undefined {
  const paths = places.flatMap(({ entries }) => entries.map(({ path }) => path))
  return paths.filter(path => `${pathname}/`.startsWith(`${path}/`)).at(-1)
}
