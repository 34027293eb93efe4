import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import type { Named } from '../../api/components.ts'
import { entityPath, listPage } from '../../api/odata.ts'

/** At most so many are offered. */
const namesMax = 200

/** Where names of a kind are found: sets below `path`, and the property that has the name. */
interface Source {
  readonly sets: readonly string[]
  readonly property: string
  readonly filter?: string
}

function sourceOf(named: Named | undefined, packageId: string): Source | undefined {
  switch (named) {
    case 'credential':
      return { sets: ['UserCredentials', 'OAuth2ClientCredentials', 'SecureParameters'], property: 'Name' }
    case 'keyPair':
      return { sets: ['KeystoreEntries'], property: 'Alias', filter: "Type eq 'Key Pair'" }
    case 'queue':
      return { sets: ['Queues'], property: 'Name' }
    case 'scriptCollection':
    case 'messageMapping': {
      const set =
        named === 'messageMapping' ? 'MessageMappingDesigntimeArtifacts' : 'ScriptCollectionDesigntimeArtifacts'
      return { sets: [`${entityPath('IntegrationPackages', packageId)}/${set}`], property: 'Id' }
    }
    default:
      return undefined
  }
}

/**
 * The names of a kind that there are on this server; of artifacts those of the flow's own package. None while they load, and
 * for whoever may not see them: any name can be typed.
 */
export function useKnownNames(named: Named | undefined): readonly string[] {
  const { id = '' } = useParams()
  const source = sourceOf(named, id)
  const { data = [] } = useQuery({
    queryKey: ['names', source],
    queryFn: () => (source ? load(source) : []),
    enabled: source !== undefined,
    retry: false,
    staleTime: 60_000,
  })
  return data
}

async function load({ sets, property, filter }: Source): Promise<readonly string[]> {
  const query = { top: namesMax, orderBy: property, ...(filter !== undefined && { filter }) }
  const pages = await Promise.all(sets.map(set => listPage<Readonly<Record<string, string>>>(set, query)))
  return pages.flatMap(({ rows }) => rows.map(row => row[property] ?? ''))
}
