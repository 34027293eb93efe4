import assert from 'node:assert/strict'
import { createHash, X509Certificate } from 'node:crypto'
import { after, before, test } from 'node:test'
import { selfSigned } from '../../testing/self-signed.ts'
import { startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
})
after(() => service.close())

const headers = { authorization: 'Bearer administrator', accept: 'application/json' }
const call = (method: string, path: string, body?: unknown) =>
  service.call(method, path, { headers, ...(body === undefined ? {} : { body }) })
const { cert } = selfSigned
const der = new X509Certificate(cert).raw
const id = createHash('md5').update(der).digest('hex')

test('a mapping is created from PEM or DER under the MD5 of the certificate, and its user changed by another POST', async () => {
  const forms = [Buffer.from(cert).toString('base64'), der.toString('base64'), cert]
  for (const [index, Certificate] of forms.entries()) {
    const created = await call('POST', 'CertificateUserMappings', { User: `user ${index}`, Certificate })
    assert.equal(created.status, 201, created.text)
    assert.equal(created.json.d.Id, id)
    service.clock.advance(1_000)
  }
  const { d } = (await call('GET', `CertificateUserMappings('${id.toUpperCase()}')`)).json
  assert.equal(d.User, 'user 2')
  assert.equal(d.ValidUntil, String(new X509Certificate(cert).validToDate.getTime()))
  assert.equal(Buffer.from(d.Certificate, 'base64').toString().trim(), cert.trim())
  assert.notEqual(d.CreatedTime, d.LastModifiedTime)
  const count = async (filter: string) => (await call('GET', `CertificateUserMappings/$count?$filter=${filter}`)).text
  assert.equal(await count("User eq 'user 2' and ValidUntil gt 0"), '1')
  assert.equal((await call('PUT', `CertificateUserMappings('${id}')`, { User: 'x' })).status, 405)
  assert.equal((await call('DELETE', `CertificateUserMappings('${id}')`)).status, 204)
  assert.equal((await call('GET', `CertificateUserMappings('${id}')`)).status, 404)
})

test('what is wrong with a mapping is said, and developers make none', async () => {
  const cases: readonly (readonly [body: object, message: RegExp])[] = [
    [{ User: 'x' }, /"Certificate" to be a certificate of at most 8192 characters, found none/],
    [{ User: 'x', Certificate: 'AAAA' }, /Expected one certificate/],
    [{ User: 'x', Certificate: 'A'.repeat(8_193) }, /found more/],
    [{ Certificate: cert }, /"User" to be one line/],
  ]
  for (const [body, message] of cases) {
    const { status, json } = await call('POST', 'CertificateUserMappings', body)
    assert.equal(status, 400)
    assert.match(json.error.message.value, message)
  }
  const developer = await service.call('POST', 'CertificateUserMappings', { body: { User: 'x', Certificate: cert } })
  assert.equal(developer.status, 403)
})
