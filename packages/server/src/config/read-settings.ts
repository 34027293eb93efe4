import type { SettingDeclaration } from './setting-declaration.ts'
import { type Settings, settingDeclarations } from './settings.ts'

/** A setting that cannot be used, as one sentence that names it. */
export class SettingsError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'SettingsError'
  }
}

/**
 * Reads all settings. `flags` are command-line values by flag name, `env` the environment; empty values count as not given.
 * Throws `SettingsError` that lists every problem, not only the first.
 */
export function readSettings(
  flags: Readonly<Record<string, string | undefined>>,
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  const problems: string[] = []
  const values: Record<string, string | number> = {}
  for (const [name, declaration] of Object.entries<SettingDeclaration>(settingDeclarations)) {
    const given = flags[declaration.flag] || env[declaration.env]
    const origin = flags[declaration.flag] ? `--${declaration.flag}` : declaration.env
    values[name] = given ? parse(declaration, given, origin, problems) : declaration.default
  }
  if (Boolean(values.tlsCert) !== Boolean(values.tlsKey)) {
    problems.push('Expected --tls-cert and --tls-key together, found only one of them')
  }
  if (values.tlsClientCertificates === 'request' && !values.tlsCert) {
    problems.push('Expected --tls-client-certificates request only with --tls-cert')
  }
  if (values.tlsClientCa && values.tlsClientCertificates !== 'request') {
    problems.push('Expected --tls-client-ca only with --tls-client-certificates request')
  }
  if (problems.length > 0) throw new SettingsError(problems)
  return values as unknown as Settings
}

function parse(declaration: SettingDeclaration, given: string, origin: string, problems: string[]): string | number {
  if (declaration.type === 'integer') {
    const value = Number(given)
    if (Number.isInteger(value) && value >= declaration.min && value <= declaration.max) return value
    problems.push(`Expected ${origin} to be an integer from ${declaration.min} to ${declaration.max}, found "${given}"`)
    return declaration.default
  }
  if (declaration.type === 'choice' && !declaration.choices.includes(given)) {
    problems.push(`Expected ${origin} to be one of ${declaration.choices.join(', ')}, found "${given}"`)
  }
  if (declaration.type === 'text' && declaration.pattern && !declaration.pattern.test.test(given)) {
    problems.push(`Expected ${origin} to be ${declaration.pattern.expected}, found "${given}"`)
  }
  return given
}
