import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { Exchange, type Ports } from '@sluice/iflow'
import { fakePorts } from '@sluice/iflow/testing'
import { readCertificate } from '../../keystore/certificate.ts'
import { readKeyPair } from '../../keystore/read-key-pair.ts'
import { generateSelfSigned } from '../../keystore/self-signed.ts'
import { flowsKeyPem, flowsPem, issuingPem, rootPem } from '../../keystore/testing/example-material.ts'
import { groovyProgram, scriptTenant, withoutGroovy } from '../testing/script-tenant.ts'

const rest = { hash: 'sha256', validFrom: Date.UTC(2020, 0), validTo: Date.UTC(2049, 0) } as const
const rsa = generateSelfSigned({ ...rest, key: { type: 'RSA', bits: 2048 }, subject: [['CN', 'signing']] })
/** On a curve that Java does not know. */
const odd = generateSelfSigned({ ...rest, key: { type: 'EC', curve: 'brainpoolP256t1' }, subject: [['CN', 'odd']] })

const stored: Record<string, string> = { 'global/Commission/Participant': '<p/>' }
const tenantData = fakePorts({
  dataStores: stored,
  keystore: {
    Signing: rsa,
    odd,
    flows: readKeyPair(Buffer.from(flowsKeyPem + flowsPem + issuingPem), ''),
    root: readCertificate(Buffer.from(rootPem)),
  },
  partnerDirectory: {
    stringParameters: { 'ACME/Standard': 'X12' },
    binaryParameters: { 'ACME/Map': { contentType: 'xsl', value: Buffer.from('<xsl/>') } },
    alternativePartners: { 'GS1/GLN/42': 'ACME' },
    authorizedUsers: { ada: 'ACME', bob: 'ACME' },
  },
})

suite('what scripts ask of the tenant', { skip: withoutGroovy() }, () => {
  const { keystore, partnerDirectory, dataStores } = tenantData
  const ports: Partial<Ports> = { keystore, partnerDirectory, dataStores }
  const tenant = scriptTenant({ ports })
  after(() => tenant.close())

  /** The body that a script leaves which has these imports and statements. */
  async function answer(imports: readonly string[], ...statements: readonly string[]): Promise<string> {
    const lines = [
      'import com.sap.gateway.ip.core.customdev.util.Message',
      'import com.sap.it.api.ITApiFactory',
      ...imports.map(name => `import ${name}`),
      'def Message processData(Message message) {',
      ...statements,
      'return message',
      '}',
    ]
    return (await tenant.call(groovyProgram(lines.join('\n')), new Exchange())).body.text()
  }

  const keystoreImports = [
    'com.sap.it.api.keystore.KeystoreService',
    'com.sap.it.api.keystore.exception.KeystoreException',
    'java.security.*',
    'java.security.cert.X509Certificate',
  ]
  const withKeystore = (...statements: readonly string[]) =>
    answer(keystoreImports, 'def service = ITApiFactory.getApi(KeystoreService.class, null)', ...statements)

  test('a script signs with a private key, and its certificate verifies', async () => {
    const verified = await withKeystore(
      'PrivateKey key = (PrivateKey) service.getKey("signing")',
      'def signing = Signature.getInstance("SHA256withRSA")',
      'signing.initSign(key); signing.update("text".getBytes("UTF-8"))',
      'byte[] signature = signing.sign()',
      'X509Certificate certificate = (X509Certificate) service.getCertificate("SIGNING")',
      'def verifying = Signature.getInstance("SHA256withRSA")',
      'verifying.initVerify(certificate); verifying.update("text".getBytes("UTF-8"))',
      'message.setBody("${verifying.verify(signature)} ${certificate.getSubjectDN()} ${certificate.getEncoded().length}")',
    )
    assert.equal(verified, `true CN=signing ${rsa.certificates[0]?.length}`)
  })

  test('a script reads key pairs, chains and aliases', async () => {
    const found = await withKeystore(
      'KeyPair pair = service.getKeyPair("flows")',
      'def chain = service.getCertificateChain("flows")',
      'message.setBody([pair.private.algorithm, pair.public == chain[0].publicKey, chain.length, service.getAliases(), service.getKeyManagers("flows").length, service.getKeyManagers().length, service.getTrustManagers().length].toString())',
    )
    assert.equal(found, '[EC, true, 2, [Signing, flows, odd, root], 1, 1, 1]')
  })

  test('an entry that is not there is a KeystoreException', async () => {
    const told = await withKeystore(
      'def told = []',
      'for (ask in [{ service.getCertificate("none") }, { service.getKey("root") }, { service.getKey("odd") }]) {',
      '  try { ask() } catch (KeystoreException e) { told << e.message }',
      '}',
      'message.setBody(told.join("\\n"))',
    )
    assert.match(
      told,
      /^Expected an entry "none" in the keystore, found none\nExpected a key pair "root" .*\nExpected key material that Java can use/,
    )
  })

  test('a script looks partners up', async () => {
    const imports = ['com.sap.it.api.pd.PartnerDirectoryService', 'com.sap.it.api.pd.BinaryData']
    const found = await answer(
      imports,
      'def service = ITApiFactory.getApi(PartnerDirectoryService.class, null)',
      'String partner = service.getPartnerId("GS1", "GLN", "42")',
      'def map = service.getParameter("Map", "${partner}", BinaryData.class)',
      'def all = [partner, service.getParameter("Standard", partner, String.class), service.getParameter("None", partner, String.class)]',
      'all += [new String(map.getData()), map.getContentType(), service.getParameter("None", partner, BinaryData)]',
      'all += [service.getAlternativePartnerId("GS1", "GLN", partner), service.getPartnerId("GS1", "GLN", "43")]',
      'all += [service.getAuthorizedUsers(partner).join("+"), service.getPartnerIdOfAuthorizedUser("ADA")]',
      'message.setBody(all.toString())',
    )
    assert.equal(found, '[ACME, X12, null, <xsl/>, xsl, null, 42, null, ada+bob, ACME]')
  })

  const dataStoreImports = ['com.sap.it.api.asdk.datastore.*', 'com.sap.it.api.asdk.runtime.*']
  const withDataStores = (...statements: readonly string[]) =>
    answer(dataStoreImports, 'def service = new Factory(DataStoreService.class).getService()', ...statements)

  test('a script reads an entry of a data store, and null where there is none', async () => {
    const read = await withDataStores(
      'def entry = service.get("Commission", "Participant")',
      'message.setBody(new String(entry.getDataAsArray()) + " " + service.get("Commission", "None"))',
    )
    assert.equal(read, '<p/> null')
  })

  test('a script puts, selects and deletes entries', async () => {
    const left = await withDataStores(
      'def bean = new DataBean()',
      'def config = new DataConfig()',
      'config.setStoreName("Orders")',
      'config.setOverwrite(true)',
      'for (id in ["a", "b"]) { bean.setDataAsArray(id.getBytes("UTF-8")); config.setId(id); service.put(bean, config) }',
      'service.delete("Orders", "a")',
      'config.setId(null)',
      'def made = service.put(bean, config)',
      'message.setBody("" + made.length() + " " + service.select("Orders", 10).collect { new String(it.getDataAsArray()) })',
    )
    assert.equal(left, '36 [b, b]')
    assert.equal(stored['global/Orders/b'], 'b')
    assert.equal(stored['global/Orders/a'], undefined)
  })

  test('an entry that must not be overwritten, or has no store, is told to the script', async () => {
    const told = await withDataStores(
      'def told = []',
      'for (name in ["Commission", "My Orders"]) {',
      '  def config = new DataConfig(storeName: name, id: "Participant")',
      '  try { service.put(new DataBean(dataAsArray: new byte[0]), config) } catch (Exception e) { told << e.message }',
      '}',
      'message.setBody(told.join("\\n"))',
    )
    assert.match(told, /Participant.*\nExpected the name of a data store .*no white space, found "My Orders"$/)
  })

  test('events for a B2B monitor are made and submitted, and go nowhere', async () => {
    const found = await answer(
      ['com.sap.it.op.b2b.monitor.api.*', 'com.sap.it.op.b2b.monitor.api.events.*', 'org.osgi.framework.FrameworkUtil'],
      'def context = FrameworkUtil.getBundle(Class.forName("com.sap.gateway.ip.core.customdev.util.Message")).getBundleContext()',
      'def reference = context.getServiceReference(Class.forName("com.sap.it.op.b2b.monitor.api.B2BMonitoringApi"))',
      'B2BMonitoringApi api = (B2BMonitoringApi) context.getService(reference)',
      'BusinessDocumentCreateEvent event = api.createBusinessDocumentCreateEvent()',
      'event.setMonitoringReferenceType(MonitoringReferenceType.MPL)',
      'BusinessDocument document = event.createUpdateBusinessDocument("17")',
      'BusinessDocumentPayload payload = document.createPayload("a")',
      'CustomObjects custom = document.getCustomObjects()',
      'document.setProcessingStatus(ProcessingStatus.COMPLETED)',
      'event.submit()',
      'message.setBody("${document.getId()} ${document.getProcessingStatus()} ${custom.is(document.getCustomObjects())}")',
    )
    assert.equal(found, '17 COMPLETED true')
  })
})
