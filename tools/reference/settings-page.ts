import { type SettingDeclaration, settingDeclarations } from '@sluice/server/reference'
import { code, page, table } from './markdown.ts'

export function settingsPage(): string {
  const rows = Object.values<SettingDeclaration>(settingDeclarations).map(setting => [
    code(`--${setting.flag}`),
    code(setting.env),
    setting.secret ? '' : code(String(setting.default)),
    range(setting),
    setting.doc,
  ])
  return page(
    'Settings',
    'packages/server/src/config/settings.ts',
    'Settings of `sluice serve`. A flag wins over the environment, the environment over the default.',
    table(['flag', 'environment', 'default', 'values', 'meaning'], rows),
  )
}

function range(setting: SettingDeclaration): string {
  if (setting.type === 'integer') return `${setting.min} … ${setting.max}`
  if (setting.type === 'choice') return setting.choices.map(code).join(', ')
  return setting.pattern?.expected ?? 'text'
}
