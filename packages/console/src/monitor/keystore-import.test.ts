import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileInBase64 } from './keystore-import.ts'

test('a PEM file goes as base64, and a binary one as it came from the form', () => {
  const pem = '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n'
  assert.equal(atob(fileInBase64(`# grün\n${pem}`)).endsWith(pem), true)
  assert.equal(fileInBase64('MIIK'), 'MIIK')
})
