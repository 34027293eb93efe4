import { useCallback } from 'react'
import type { EditedFiles } from '../api/flow-trials.ts'
import type { EditedFlow } from './edited-flow.ts'
import type { FlowArchive } from './flow-archive.ts'
import type { FlowArtifact } from './flow-artifact.ts'
import type { FlowParameters } from './flow-parameters.ts'

/** Gives what differs of a flow from what is stored, as it then is; `flow` is undefined where it is only looked at. */
export function useEditedFiles(
  { Id: id, Version: version }: FlowArtifact,
  { flowPath }: FlowArchive,
  parameters: FlowParameters,
  flow: EditedFlow | undefined,
): () => Promise<EditedFiles> {
  return useCallback(async () => {
    if (!flow) return { id, version, files: {} }
    const decoder = new TextDecoder()
    const others = Array.from(parameters.changedFiles(), ([path, bytes]) => [path, decoder.decode(bytes)])
    return { id, files: { [flowPath]: (await flow.current()).text, ...Object.fromEntries(others) } }
  }, [id, version, flowPath, parameters, flow])
}
