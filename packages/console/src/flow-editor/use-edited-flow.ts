import { useEffect, useState } from 'react'
import type { Diagram } from './diagram.ts'
import { EditedFlow } from './edited-flow.ts'

/** The flow in a modeler that has just opened it; undefined until it can be edited. `text`: the .iflw file. */
export function useEditedFlow(modeler: Diagram | undefined, text: string): EditedFlow | undefined {
  const [edited, setEdited] = useState<EditedFlow>()
  useEffect(() => {
    setEdited(undefined)
    if (!modeler) return
    let isOver = false
    void EditedFlow.of(modeler, text).then(flow => !isOver && setEdited(flow))
    return () => {
      isOver = true
    }
  }, [modeler, text])
  return edited
}
