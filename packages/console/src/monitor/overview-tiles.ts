import { expiringFilter } from './keystore-entry.ts'
import { messageFilter, noSearch } from './message-filter.ts'

/** What a tile counts. */
export interface Counted {
  /** An entity set. */
  readonly set: string
  readonly filter?: string
}

/** A number on the overview, and the list that it leads to. */
export interface Tile {
  readonly title: TileText
  /** What is special about those that are counted. */
  readonly subtitle?: TileText
  readonly to: string
  /** Counted together. */
  readonly counted: readonly Counted[]
  /** Whether any is one too many. */
  readonly isBad?: boolean
  /** Counted apart, and said below the number when there are any. */
  readonly warning?: Counted
}

export type TileText =
  | `overview.${'all' | 'total' | 'failed' | 'retry' | 'completed' | 'error' | 'securityMaterial' | 'keystore' | 'integrationContent' | 'messages'}`
  | 'dataStores.title'
  | 'variables.title'
  | 'queues.title'
  | 'numberRanges.title'

interface TileGroup {
  readonly title: 'overview.messageGroup' | 'overview.contentGroup' | 'overview.securityGroup' | 'overview.storeGroup'
  readonly tiles: readonly Tile[]
}

/** The tiles at a moment. */
export function tileGroups(now: Date): readonly TileGroup[] {
  const messages = (status: string, isBad = false): Tile => ({
    title: 'overview.messages',
    subtitle: `overview.${status === '' ? 'total' : (status.toLowerCase() as 'failed' | 'retry' | 'completed')}`,
    to: `/monitor/messages?period=hour${status && `&status=${status}`}`,
    counted: [{ set: 'MessageProcessingLogs', filter: messageFilter({ ...noSearch, period: 'hour', status }, now) }],
    isBad,
  })
  return [
    {
      title: 'overview.messageGroup',
      tiles: [messages(''), messages('FAILED', true), messages('RETRY'), messages('COMPLETED')],
    },
    { title: 'overview.contentGroup', tiles: contentTiles },
    { title: 'overview.securityGroup', tiles: securityTiles(now) },
    { title: 'overview.storeGroup', tiles: storeTiles },
  ]
}

const contentTiles: readonly Tile[] = [
  {
    title: 'overview.integrationContent',
    subtitle: 'overview.all',
    to: '/monitor/artifacts',
    counted: [{ set: 'IntegrationRuntimeArtifacts' }],
  },
  {
    title: 'overview.integrationContent',
    subtitle: 'overview.error',
    to: '/monitor/artifacts?status=ERROR',
    counted: [{ set: 'IntegrationRuntimeArtifacts', filter: "Status eq 'ERROR'" }],
    isBad: true,
  },
]

function securityTiles(now: Date): readonly Tile[] {
  return [
    {
      title: 'overview.securityMaterial',
      to: '/monitor/security-material',
      counted: [{ set: 'UserCredentials' }, { set: 'OAuth2ClientCredentials' }, { set: 'SecureParameters' }],
    },
    {
      title: 'overview.keystore',
      to: '/monitor/keystore',
      counted: [{ set: 'KeystoreEntries' }],
      warning: { set: 'KeystoreEntries', filter: expiringFilter(now) },
    },
  ]
}

const storeTiles: readonly Tile[] = [
  { title: 'dataStores.title', to: '/monitor/data-stores', counted: [{ set: 'DataStores' }] },
  { title: 'variables.title', to: '/monitor/variables', counted: [{ set: 'Variables' }] },
  { title: 'queues.title', to: '/monitor/queues', counted: [{ set: 'Queues' }] },
  { title: 'numberRanges.title', to: '/monitor/number-ranges', counted: [{ set: 'NumberRanges' }] },
]
