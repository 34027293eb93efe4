import { readSettings, type SettingDeclaration, SettingsError, settingDeclarations } from '../config/settings.ts'
import { defineCommand, type OptionDeclaration } from './line/command.ts'
import { UsageError } from './line/errors.ts'

/** One option for each setting of the server. */
const options: Readonly<Record<string, OptionDeclaration & { readonly value: string }>> = Object.fromEntries(
  Object.values<SettingDeclaration>(settingDeclarations).map(setting => [setting.flag, optionOf(setting)]),
)

export const serve = defineCommand({
  name: 'serve',
  summary: 'Start the server.',
  description: 'Starts the server and prints where it can be reached. It runs until it is told to stop (Ctrl+C).',
  arguments: {},
  options,
  examples: [
    { line: 'sluice serve', doc: 'On http://localhost:8080, with its data in ./data.' },
    {
      line: 'sluice serve --host 0.0.0.0 --tls-cert chain.pem --tls-key key.pem',
      doc: 'For other machines, over TLS.',
    },
  ],
  async run(_given, flags, terminal) {
    const { startServer } = await import('../main.ts')
    try {
      await startServer(readSettings(flags as Record<string, string | undefined>, terminal.env))
    } catch (error) {
      if (error instanceof SettingsError) throw new UsageError(error.message)
      throw error
    }
    return 0
  },
})

/** Environment and default are `readSettings`' to apply: here they are only words for people. */
function optionOf(setting: SettingDeclaration): OptionDeclaration & { readonly value: string } {
  const value = setting.type === 'choice' ? setting.choices.join('|') : setting.type
  const shown = setting.default === '' || setting.secret ? '' : `; default: ${setting.default}`
  return { value, doc: `${setting.doc} (environment: ${setting.env}${shown})` }
}
