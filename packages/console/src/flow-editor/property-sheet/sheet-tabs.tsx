import { Tab } from '@ui5/webcomponents-react/Tab'
import { TabContainer } from '@ui5/webcomponents-react/TabContainer'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GeneralTab } from './general-tab.tsx'
import { LoopFields } from './loop-fields.tsx'
import { MoreTab } from './more-tab.tsx'
import { ParametersTab } from './parameters-tab.tsx'
import { PropertyFields } from './property-fields.tsx'
import { RouteFields } from './route-fields.tsx'
import { useSheet } from './sheet.ts'
import { tabsOf } from './sheet-model.ts'
import { useRegistryTerm } from './use-registry-term.ts'

interface SheetTab {
  readonly id: string
  readonly text: string
  readonly content: ReactNode
}

/** General, what the registry has for the element, and the rest. The tab stays while elements of a kind are looked at. */
export function SheetTabs() {
  const [chosen, setChosen] = useState('General')
  const tabs = useTabs()
  const current = tabs.some(({ id }) => id === chosen) ? chosen : tabs[0]?.id
  return (
    <TabContainer
      className="sheet-tabs"
      contentBackgroundDesign="Transparent"
      noAutoSelection
      onTabSelect={({ detail: { tab } }) => setChosen(tab.dataset.tab ?? '')}
    >
      {tabs.map(({ id, text, content }) => (
        <Tab key={id} data-tab={id} text={text} selected={id === current}>
          {id === current && content}
        </Tab>
      ))}
    </TabContainer>
  )
}

function useTabs(): readonly SheetTab[] {
  const { t } = useTranslation()
  const term = useRegistryTerm()
  const { element, model } = useSheet()
  const { kind, properties, others } = model
  const on = (tab: string) => properties.filter(property => property.tab === tab)
  return [
    { id: 'General', text: term('General'), content: <GeneralTab key={element.id} properties={on('General')} /> },
    ...tabsOf(properties).map(tab => ({
      id: tab,
      text: term(tab),
      content: (
        <div key={element.id} className="sheet-fields">
          {kind === 'route' ? <RouteFields properties={on(tab)} /> : <PropertyFields properties={on(tab)} />}
          {tab === 'Processing' && <LoopFields />}
        </div>
      ),
    })),
    ...(kind === 'flow' ? [{ id: '#parameters', text: t('sheet.parameters'), content: <ParametersTab /> }] : []),
    ...(others.length > 0 ? [{ id: '#more', text: t('sheet.more'), content: <MoreTab /> }] : []),
  ]
}
