import { once } from 'node:events'
import { resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { readSettings, SettingsError } from '../config/read-settings.ts'
import type { SettingDeclaration } from '../config/setting-declaration.ts'
import { type Settings, settingDeclarations } from '../config/settings.ts'
import type { FirstAdministrator } from '../identity/local-users.ts'
import type { RunningServer } from '../main.ts'
import { defineCommand, type OptionDeclaration } from './line/command.ts'
import { CommandError, UsageError } from './line/errors.ts'
import type { Terminal } from './line/terminal.ts'

/** One option for each setting of the server. */
const options: Readonly<Record<string, OptionDeclaration & { readonly value: string }>> = Object.fromEntries(
  Object.values<SettingDeclaration>(settingDeclarations).map(setting => [setting.flag, optionOf(setting)]),
)

export const serve = defineCommand({
  name: 'serve',
  summary: 'Start the server.',
  description:
    'Starts the server and prints where it can be reached. It runs until it is told to stop (Ctrl+C), and ends after the messages under way.',
  arguments: {},
  options: { ...options, json: { doc: 'Print where the server is as one line of JSON.' } },
  examples: [
    { line: 'sluice serve', doc: 'On http://localhost:8080, with its data in ./data.' },
    {
      line: 'sluice serve --host 0.0.0.0 --tls-cert chain.pem --tls-key key.pem',
      doc: 'For other machines, over TLS.',
    },
  ],
  async run(_given, { json, ...flags }, terminal) {
    const settings = settingsFrom(flags as Record<string, string | undefined>, terminal.env)
    const server = await start(settings).catch((error: unknown) => {
      throw startProblem(error, settings)
    })
    terminal.out(json ? `${JSON.stringify(description(server, settings))}\n` : announcement(server, settings))
    if (!terminal.interrupted.aborted) await once(terminal.interrupted, 'abort')
    await server.close()
    return 0
  },
})

/**
 * Loads and starts the server. Most of what is loaded stays, so a young generation that grows over it would only keep
 * pages: it may grow once the server runs. Saves 7 to 10 MB for some 10 ms.
 */
async function start(settings: Settings): Promise<RunningServer> {
  setFlagsFromString('--semi-space-growth-factor=1')
  try {
    const { startServer } = await import('../main.ts')
    return await startServer(settings)
  } finally {
    setFlagsFromString('--semi-space-growth-factor=2')
  }
}

function settingsFrom(flags: Record<string, string | undefined>, env: Terminal['env']): Settings {
  try {
    return readSettings(flags, env)
  } catch (error) {
    throw error instanceof SettingsError ? new UsageError(error.message) : error
  }
}

/** What an operator can do about a start that failed; bugs are passed on. */
function startProblem(error: unknown, { port, host }: Settings): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE') {
    return new CommandError(
      `Expected port ${port} to be free, found it in use. Stop what listens there, or take another with --port.`,
    )
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
    return new CommandError(`Expected to be allowed to listen on ${host}:${port}, found: ${error.message}.`)
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new CommandError(`Expected an address of this machine in --host, found "${host}", a name without any.`)
  }
  if (code.startsWith('ERR_OSSL_')) {
    const files = 'Expected PEM files of a certificate chain and its key in --tls-cert and --tls-key'
    return new CommandError(`${files}, and of authorities in --tls-client-ca, found: ${error.message}.`)
  }
  const isExpected = error.name === 'StoreOpenError' || ('syscall' in error && 'path' in error)
  return isExpected ? new CommandError(error.message, { cause: error }) : error
}

function description({ url, administrator }: RunningServer, settings: Settings): object {
  const generated = administrator.created ? administrator.generatedPassword : undefined
  return { url, data: resolve(settings.data), administrator: administrator.name, generatedPassword: generated }
}

function announcement({ url, administrator }: RunningServer, settings: Settings): string {
  const { subaccount } = settings
  const surfaces = [
    ['Console', `${url}/`],
    ['Tokens', `${url}/oauth2/api/v1/token`],
    ['Platform tokens', `${url}/oauth2/apitoken/v1`],
    ['OAuth clients', `${url}/oauth2/api/v1/clients`],
    ['Authorizations', `${url}/authorization/v1/accounts/${subaccount}/`],
    ['Flow endpoints', `${url}/http/<address>`],
    ['Cloud Integration', `${url}/api/v1/`],
    ['Operation', `${url}/healthz  /readyz  /metrics  /openapi.json`],
  ].map(([name = '', where]) => `  ${name.padEnd(18)}${where}`)
  const next = administrator.created ? 'npx sluice client create hello --id hello' : 'npx sluice status'
  return [
    `Sluice is running: subaccount "${subaccount}", data in ${resolve(settings.data)}`,
    '',
    ...surfaces,
    '',
    ...administratorLines(administrator),
    `Next: ${next}`,
    '',
  ].join('\n')
}

function administratorLines(administrator: FirstAdministrator): string[] {
  const { name } = administrator
  if (!administrator.created) {
    return administrator.passwordIgnored
      ? [`Administrator "${name}" exists already; its password was left as it is.`, '']
      : []
  }
  if (administrator.generatedPassword === undefined)
    return [`Administrator "${name}" was created with the given password.`, '']
  return [
    `Administrator "${name}" was created. Its password is shown this once:`,
    '',
    `  export SLUICE_ADMIN_PASSWORD=${administrator.generatedPassword}`,
    '',
  ]
}

/** Environment and default are `readSettings`' to apply: here they are only words for people. */
function optionOf(setting: SettingDeclaration): OptionDeclaration & { readonly value: string } {
  const value = setting.type === 'choice' ? setting.choices.join('|') : setting.type
  const shown = setting.default === '' || setting.secret ? '' : `; default: ${setting.default}`
  return { value, doc: `${setting.doc} (environment: ${setting.env}${shown})` }
}
