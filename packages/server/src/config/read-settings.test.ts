import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSettings, SettingsError } from './read-settings.ts'
import { settingDeclarations } from './settings.ts'

test('without flags and environment every setting has its default', () => {
  const settings = readSettings({}, {})
  for (const [name, declaration] of Object.entries(settingDeclarations)) {
    assert.equal(settings[name as keyof typeof settings], declaration.default, name)
  }
})

test('a flag wins over the environment, and an empty value counts as not given', () => {
  const env = { SLUICE_PORT: '9000', SLUICE_HOST: '', SLUICE_LOG_LEVEL: 'warn' }
  const settings = readSettings({ port: '9001' }, env)
  assert.deepEqual([settings.port, settings.host, settings.logLevel], [9001, '127.0.0.1', 'warn'])
})

test('every unusable value is reported in one error, by the name it was given under', () => {
  const env = { SLUICE_PORT: 'http', SLUICE_SUBACCOUNT: 'Dev', SLUICE_TLS_CERT: 'cert.pem' }
  assert.throws(
    () => readSettings({ 'log-level': 'loud', 'public-url': 'localhost' }, env),
    (error: unknown) => {
      assert.ok(error instanceof SettingsError)
      const lines = error.message.split('\n')
      for (const [index, name] of [
        /SLUICE_PORT/,
        /--public-url/,
        /SLUICE_SUBACCOUNT/,
        /--log-level/,
        /--tls-key/,
      ].entries()) {
        assert.match(lines[index] ?? '', name)
      }
      assert.equal(lines.length, 5)
      return true
    },
  )
})

test('settings that count for nothing by themselves are refused', () => {
  const tls = { 'tls-cert': 'cert.pem', 'tls-key': 'key.pem' }
  const cases: readonly (readonly [flags: Record<string, string>, problem: RegExp | undefined])[] = [
    [{ 'tls-key': 'key.pem' }, /--tls-cert and --tls-key together/],
    [{ 'tls-client-certificates': 'request' }, /--tls-client-certificates request only with --tls-cert/],
    [{ ...tls, 'tls-client-ca': 'ca.pem' }, /--tls-client-ca only with --tls-client-certificates request/],
    [{ ...tls, 'tls-client-ca': 'ca.pem', 'tls-client-certificates': 'request' }, undefined],
  ]
  for (const [flags, problem] of cases) {
    if (problem) assert.throws(() => readSettings(flags, {}), problem)
    else readSettings(flags, {})
  }
})

test('environment names and flags are unique', () => {
  const declarations = Object.values(settingDeclarations)
  assert.equal(new Set(declarations.map(d => d.env)).size, declarations.length)
  assert.equal(new Set(declarations.map(d => d.flag)).size, declarations.length)
})
