import { text } from '../../compile/props.ts'

/** Property `processId` of every process call. */
export const localProcess = text('Local Integration Process', 'BPMN id of the local integration process.', {
  names: 'localProcess',
})
