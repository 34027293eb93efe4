import type { ArtifactType } from '../../store/store.ts'

const types: Readonly<Record<ArtifactType, string>> = {
  IntegrationFlow: 'IFlow',
  MessageMapping: 'MessageMapping',
  ScriptCollection: 'ScriptCollection',
  ValueMapping: 'ValueMapping',
}

/** What exported packages call a type of artifacts. */
export function packagedType(type: ArtifactType): string {
  return types[type]
}

/** The type of artifacts that exported packages call so; undefined for documents and what is not known here. */
export function artifactTypeOf(packaged: string): ArtifactType | undefined {
  return (Object.keys(types) as ArtifactType[]).find(type => types[type] === packaged)
}
