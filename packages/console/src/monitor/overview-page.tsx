import '@ui5/webcomponents-icons/dist/refresh.js'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { Title } from '@ui5/webcomponents-react/Title'
import { useTranslation } from 'react-i18next'
import { Page } from '../components/page.tsx'
import { OverviewTile } from './overview-tile.tsx'
import { tileGroups } from './overview-tiles.ts'

/** How the tenant is, at a glance: each tile leads to its list. */
export function OverviewPage() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  // Rounded, so that the same tile is the same query for a while.
  const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000)
  return (
    <Page
      title={t('overview.title')}
      actions={
        <Button icon="refresh" onClick={() => void queries.invalidateQueries()}>
          {t('common.refresh')}
        </Button>
      }
    >
      <div className="tile-groups">
        {tileGroups(minute).map(({ title, tiles }) => (
          <section key={title} aria-labelledby={title}>
            <Title id={title} level="H3" size="H5">
              {t(title)}
            </Title>
            <ul className="tiles">
              {tiles.map(tile => (
                <li key={tile.to}>
                  <OverviewTile tile={tile} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Page>
  )
}
