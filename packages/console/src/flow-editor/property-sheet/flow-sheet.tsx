import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { componentsQuery } from '../../api/components.ts'
import { ErrorState } from '../../components/error-state.tsx'
import type { FlowArchive } from '../flow-archive.ts'
import type { FlowParameters } from '../flow-parameters.ts'
import { resourcePaths } from '../use-flow-parameters.ts'
import { PropertySheet } from './property-sheet.tsx'
import type { SheetModeler } from './sheet.ts'
import { SheetPanel } from './sheet-panel.tsx'

export interface FlowSheetProps {
  readonly diagram: SheetModeler
  readonly archive: FlowArchive
  readonly parameters: FlowParameters
  readonly isReadOnly: boolean
  /** Opens a file, by its path below `src/main/resources`. */
  readonly onOpenFile?: (path: string) => void
}

/** The property sheet of a flow that is open, below its diagram. */
export function FlowSheet({ diagram, archive, ...sheet }: FlowSheetProps) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(componentsQuery)
  const files = useMemo(() => resourcePaths(archive), [archive])
  return (
    <SheetPanel>
      {data ? (
        <PropertySheet {...sheet} modeler={diagram} components={data} files={files} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <BusyIndicator active delay={300} text={t('common.loading')} />
      )}
    </SheetPanel>
  )
}
