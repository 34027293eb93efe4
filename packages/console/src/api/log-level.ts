import { callJson } from './http.ts'

/** Levels of message processing logs, from nothing to everything. */
export const logLevels = ['NONE', 'ERROR', 'INFO', 'DEBUG', 'TRACE'] as const

const commands = '/Operations/com.sap.it.op.tmn.commands.dashboard.webui.IntegrationComponent'

/** The log level of a deployed flow. */
export async function readLogLevel(flow: string): Promise<string> {
  const path = `${commands}DetailCommand?artifactId=${encodeURIComponent(flow)}`
  const { logConfiguration } = await callJson<{ logConfiguration: { logLevel: string } }>('GET', path)
  return logConfiguration.logLevel
}

/** DEBUG holds for a day, TRACE for 10 minutes; then the level from before holds again. */
export async function setLogLevel(flow: string, level: string): Promise<void> {
  const json = { artifactSymbolicName: flow, mplLogLevel: level, nodeType: 'IFLMAP' }
  await callJson('POST', `${commands}SetMplLogLevelCommand`, { json })
}
