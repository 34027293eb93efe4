import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { listPage } from '../api/odata.ts'
import { useErrorText } from '../components/error-state.tsx'
import type { Counted, Tile } from './overview-tiles.ts'
import './overview.css'

const refreshMs = 15_000

/** A tile of the overview: a link with a number. What may not be counted is said to be so. */
export function OverviewTile({ tile }: { readonly tile: Tile }) {
  const { t, i18n } = useTranslation()
  const { title, subtitle, to, counted, isBad, warning } = tile
  const { data, error } = useQuery({
    queryKey: ['tile', counted, warning],
    queryFn: async () => ({
      count: (await Promise.all(counted.map(count))).reduce((sum, each) => sum + each, 0),
      warned: warning ? await count(warning) : 0,
    }),
    refetchInterval: refreshMs,
  })
  const problem = useErrorText(error)
  const number = data && new Intl.NumberFormat(i18n.language).format(data.count)
  return (
    <Link className="tile" to={to}>
      <span className="tile-title">{t(title)}</span>
      <span>{subtitle && t(subtitle)}</span>
      <span className={isBad && data && data.count > 0 ? 'tile-number tile-bad' : 'tile-number'}>
        {number ?? t('common.none')}
      </span>
      <span className="tile-note">
        {problem ?? (data && data.warned > 0 ? t('overview.expiring', { count: data.warned }) : '')}
      </span>
    </Link>
  )
}

async function count({ set, filter }: Counted): Promise<number> {
  return (await listPage(set, { top: 0, ...(filter && { filter }) })).count
}
