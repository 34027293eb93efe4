import { useMemo } from 'react'
import { type FlowArchive, resourcesFolder } from './flow-archive.ts'
import { FlowParameters, parameterFiles } from './flow-parameters.ts'

/** The parameters of an artifact as it was opened. */
export function useFlowParameters({ files }: FlowArchive): FlowParameters {
  return useMemo(() => {
    const content = (path: string) => files.find(({ name }) => name === path)?.bytes
    const definitions = content(parameterFiles.definitions)
    return new FlowParameters(content(parameterFiles.values), definitions && new TextDecoder().decode(definitions))
  }, [files])
}

/** Paths of an artifact's files below its folder of resources. */
export function resourcePaths({ files }: FlowArchive): readonly string[] {
  return files.flatMap(({ name }) => (name.startsWith(resourcesFolder) ? [name.slice(resourcesFolder.length)] : []))
}
