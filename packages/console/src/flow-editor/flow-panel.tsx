import './problems/problems.css'
import { SegmentedButton } from '@ui5/webcomponents-react/SegmentedButton'
import { SegmentedButtonItem } from '@ui5/webcomponents-react/SegmentedButtonItem'
import { type ReactNode, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EditedFiles } from '../api/flow-trials.ts'
import { hasRole } from '../api/session.ts'
import { useSession } from '../app/session-gate.tsx'
import type { Diagram } from './diagram.ts'
import { showElement } from './element-marks.ts'
import type { FlowArtifact } from './flow-artifact.ts'
import type { FlowProblem } from './problems/flow-problem.ts'
import { ProblemList } from './problems/problem-list.tsx'
import { useProblemMarks } from './problems/use-problem-marks.ts'
import { useProblems } from './problems/use-problems.ts'
import { FoundProblems } from './property-sheet/found-problems.ts'
import { SheetPanel } from './property-sheet/sheet-panel.tsx'
import { SimulationPanel } from './simulation/simulation.tsx'
import { useSimulation } from './simulation/use-simulation.ts'
import { useSimulationMarks } from './simulation/use-simulation-marks.ts'

export interface FlowPanelProps {
  readonly diagram: Diagram
  readonly artifact: FlowArtifact
  /** The flow as it is drawn. */
  readonly read: () => Promise<EditedFiles>
  /** The property sheet. */
  readonly sheet: ReactNode
}

type Tab = 'properties' | 'problems' | 'simulation'

/** Whoever may not deploy scripts may not run them either. */
function useTabs(): readonly Tab[] {
  const maySimulate = hasRole(useSession(), 'tmn', 'NodeManager.deploycontent')
  return maySimulate ? ['properties', 'problems', 'simulation'] : ['properties', 'problems']
}

const nothing: readonly FlowProblem[] = []

/** What is below the diagram: the properties of what is selected; for those who may edit, the flow's problems and simulations. */
export function FlowPanel(props: FlowPanelProps) {
  const mayEdit = hasRole(useSession(), 'tmn', 'WebToolingWorkspace.Write')
  return mayEdit ? <TabbedPanel {...props} /> : <SheetPanel>{props.sheet}</SheetPanel>
}

function TabbedPanel({ diagram, artifact: { Id, Name }, read, sheet }: FlowPanelProps) {
  const { t } = useTranslation()
  const tabs = useTabs()
  const [tab, setTab] = useState<Tab>('properties')
  const problems = useProblems(diagram, read)
  const simulating = useSimulation(Id, diagram, read)
  const openProblem = useCallback(
    (problem: FlowProblem) => {
      if (problem.elementId !== undefined && showElement(diagram, problem.elementId)) setTab('properties')
    },
    [diagram],
  )
  const openProblems = useCallback(() => setTab('problems'), [])
  const openSimulation = useCallback(() => setTab('simulation'), [])
  const found = problems.found ?? nothing
  useProblemMarks(diagram, found, openProblems)
  useSimulationMarks(diagram, simulating, openSimulation)
  const texts: Record<Tab, string> = {
    properties: t('panel.properties'),
    problems: found.length === 0 ? t('panel.problems') : t('panel.problemCount', { count: found.length }),
    simulation: t('panel.simulation'),
  }
  return (
    <SheetPanel>
      <div className="flow-panel-tabs ui5-content-density-compact">
        <SegmentedButton
          accessibleName={t('panel.title')}
          onSelectionChange={({ detail: { selectedItems } }) =>
            setTab((selectedItems[0]?.dataset.tab as Tab | undefined) ?? 'properties')
          }
        >
          {tabs.map(each => (
            <SegmentedButtonItem key={each} data-tab={each} selected={each === tab}>
              {texts[each]}
            </SegmentedButtonItem>
          ))}
        </SegmentedButton>
      </div>
      {tab === 'properties' && (
        <FoundProblems value={found}>
          <div className="flow-panel-sheet">{sheet}</div>
        </FoundProblems>
      )}
      {tab !== 'properties' && (
        <div className="flow-panel-content">
          {tab === 'problems' && <ProblemList problems={problems} onOpen={openProblem} />}
          {tab === 'simulation' && <SimulationPanel diagram={diagram} name={Name} simulating={simulating} />}
        </div>
      )}
    </SheetPanel>
  )
}
