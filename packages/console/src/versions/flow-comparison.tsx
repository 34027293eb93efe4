import { compareFlows, type FlowChange, type FlowFact, parseIflow } from '@sluice/iflow/bpmn'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { EntityTable } from '../components/entity-table.tsx'
import { Section } from '../components/section.tsx'
import { loadedRows } from '../components/use-paged.ts'
import { differingParts } from './differing-parts.ts'

export interface FlowComparisonProps {
  /** The .iflw file in the two versions. */
  readonly before: string
  readonly after: string
  readonly path: string
}

/** In what two versions of a flow differ, by its elements and their properties. */
export function FlowComparison({ before, after, path }: FlowComparisonProps) {
  const { t } = useTranslation()
  const changes = useMemo(() => {
    const [was, is] = [before, after].map(text => parseIflow(text, path).document?.model)
    return was && is && compareFlows(was, is)
  }, [before, after, path])
  if (!changes) return null
  return (
    <Section title={t('versions.elements')}>
      <EntityTable
        label={t('versions.elements')}
        columns={[
          {
            header: t('versions.element'),
            width: '16rem',
            sortBy: ({ name }: FlowChange) => name,
            cell: ({ name }: FlowChange) => name,
          },
          {
            header: t('versions.kind'),
            width: '10rem',
            sortBy: ({ kind }) => t(`versions.kinds.${kind}`),
            cell: ({ kind }) => t(`versions.kinds.${kind}`),
          },
          {
            header: t('versions.change'),
            width: '8rem',
            sortBy: ({ change }) => t(`versions.${change}`),
            cell: ({ change }) => t(`versions.${change}`),
          },
          { header: t('versions.details'), cell: ({ facts }) => <Facts facts={facts} /> },
        ]}
        keyOf={({ id, change }) => `${change} ${id}`}
        rows={loadedRows(changes)}
        empty={t('versions.onlyDrawn')}
      />
    </Section>
  )
}

function Facts({ facts }: { readonly facts: readonly FlowFact[] }) {
  const { t } = useTranslation()
  return (
    <div className="versions-facts">
      {facts.map(({ of, key, before, after }) => {
        const [was, is] = differingParts(before ?? '', after ?? '')
        return (
          <div key={`${of} ${key}`}>
            <strong>{of === 'property' ? key : t(`versions.facts.${of}`)}</strong>
            <del>{before === undefined ? t('common.none') : was || t('versions.empty')}</del>
            <ins>{after === undefined ? t('common.none') : is || t('versions.empty')}</ins>
          </div>
        )
      })}
    </div>
  )
}
