export { type FoundArtifact, findArtifacts } from './cli/local/artifact-source.ts'
export { readSettings, type Settings, SettingsError } from './config/settings.ts'
export { type RunningServer, startServer } from './main.ts'
export { readArchive, readArtifact } from './runtime/archive.ts'
