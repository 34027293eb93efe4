import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { componentsQuery } from '../../api/components.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { useOpenResource } from '../../resources/use-open-resource.ts'
import type { FlowArchive } from '../flow-archive.ts'
import type { FlowParameters } from '../flow-parameters.ts'
import { resourcePaths } from '../use-flow-parameters.ts'
import { PropertySheet } from './property-sheet.tsx'
import type { SheetModeler } from './sheet.ts'

export interface FlowSheetProps {
  readonly diagram: SheetModeler
  readonly archive: FlowArchive
  readonly parameters: FlowParameters
  readonly isReadOnly: boolean
}

/** The property sheet of a flow that is open. */
export function FlowSheet({ diagram, archive, ...sheet }: FlowSheetProps) {
  const { t } = useTranslation()
  const openResource = useOpenResource()
  const { data, error, refetch } = useQuery(componentsQuery)
  const files = useMemo(() => resourcePaths(archive), [archive])
  if (data)
    return <PropertySheet {...sheet} modeler={diagram} components={data} files={files} onOpenFile={openResource} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return <BusyIndicator active delay={300} text={t('common.loading')} />
}
