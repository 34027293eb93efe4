import { drawFlow, type FlowTemplate } from '@sluice/iflow'
import { registry } from '../../runtime/build-flow.ts'

/** The files of a new integration flow but those that every artifact has, by path. */
export function flowFiles(id: string, template: FlowTemplate): Readonly<Record<string, string>> {
  return {
    'metainfo.prop': '#Store metainfo properties\ndescription=\n',
    'src/main/resources/parameters.prop': '',
    'src/main/resources/parameters.propdef': definitions,
    [`src/main/resources/scenarioflows/integrationflow/${id}.iflw`]: drawFlow(template.outline(id), registry),
  }
}

const definitions = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<parameters><param_references/></parameters>
`
