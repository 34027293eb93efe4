import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { artifactFiles, edited, type Files, zip } from '../artifact-zip.ts'

type Method = (...given: unknown[]) => Promise<unknown>
type Call = readonly [method: string, ...given: unknown[]]

const base64 = (text: string) => Buffer.from(text).toString('base64')
const hex = (text: string) => Buffer.from(text).toString('hex')
const schema = ['ERP', 'Country', 'Partner', 'Land'] as const
const partner = [hex('Agency'), hex('Scheme'), hex('4711')] as const

/** Life of what contiva can create: each line goes on from the one before. */
async function lives(): Promise<Readonly<Record<string, readonly [api: string, ...calls: Call[]]>>> {
  const contentOf = async (id: string) => (await zip(renamed(artifactFiles(id), id))).toString('base64')
  const artifact = async (id: string) => ({
    Id: `${id}2`,
    Name: `${id}2`,
    PackageId: 'AccContiva',
    ArtifactContent: await contentOf(id),
  })
  const packageData = { Id: 'AccContiva', Name: 'contiva', ShortText: 'contiva' }
  const flow = ['AccBroken2', 'active'] as const
  const scripts = ['AccScripts2', 'active'] as const
  return {
    'a package': [
      'integrationContent',
      ['createIntegrationPackage', packageData],
      ['updateIntegrationPackage', 'AccContiva', { ...packageData, ShortText: 'changed' }],
    ],
    'an integration flow': [
      'integrationContent',
      ['createIntegrationFlow', await artifact('AccBroken')],
      ['updateIntegrationFlow', ...flow, { Name: 'AccBroken2', ArtifactContent: await contentOf('AccBroken') }],
      [
        'addIntegrationFlowResource',
        ...flow,
        { Name: 'Lost.groovy', ResourceType: 'groovy', ResourceContent: base64('def processData(m) { m }') },
      ],
      ['updateIntegrationFlowResource', ...flow, 'Lost.groovy', 'groovy', { ResourceContent: base64('// empty') }],
      ['saveIntegrationFlowAsVersion', 'AccBroken2', '1.1.0'],
      ['deployIntegrationFlow', ...flow],
      ['undeployIntegrationFlow', 'AccBroken2'],
      ['deleteIntegrationFlowResource', ...flow, 'Lost.groovy', 'groovy'],
      ['deleteIntegrationFlow', ...flow],
    ],
    'a value mapping': [
      'integrationContent',
      ['createValueMapping', await artifact('AccValues')],
      ['upsertValueMappingEntry', 'AccValues2', 'active', ...schema, 'FR', 'France', true],
      ['deployValueMapping', 'AccValues2'],
      ['saveValueMappingAsVersion', 'AccValues2', '1.1.0'],
      ['deleteValueMappingSchema', 'AccValues2', 'active', ...schema],
    ],
    'a script collection': [
      'integrationContent',
      ['createScriptCollection', await artifact('AccScripts')],
      ['updateScriptCollection', ...scripts, { Name: 'AccScripts2', ArtifactContent: await contentOf('AccScripts') }],
      [
        'addScriptCollectionResource',
        ...scripts,
        { Name: 'Two.groovy', ResourceType: 'groovy', ResourceContent: base64('// two') },
      ],
      ['updateScriptCollectionResource', ...scripts, 'Two.groovy', 'groovy', { ResourceContent: base64('// 2') }],
      ['deleteScriptCollectionResource', ...scripts, 'Two.groovy', 'groovy'],
      ['saveScriptCollectionAsVersion', 'AccScripts2', '1.1.0'],
      ['deployScriptCollection', 'AccScripts2'],
      ['deleteScriptCollection', ...scripts],
    ],
    'a message mapping': ['integrationContent', ['createMessageMapping', await artifact('AccMapping')]],
    'a copy of the package': ['integrationContent', ['copyIntegrationPackage', 'AccContiva', "'CREATE_COPY'", 'Copy']],
    'security material': [
      'securityContent',
      [
        'createOAuth2ClientCredential',
        { Name: 'AccC', TokenServiceUrl: 'https://p.example/t', ClientId: 'c', ClientSecret: 's' },
      ],
      [
        'updateOAuth2ClientCredential',
        'AccC',
        { Name: 'AccC', TokenServiceUrl: 'https://p.example/t', ClientId: 'd', ClientSecret: 's' },
      ],
      ['deleteOAuth2ClientCredential', 'AccC'],
      ['createSecureParameter', { Name: 'AccS', SecureParam: 'hidden' }],
      ['updateSecureParameter', 'AccS', { Name: 'AccS', SecureParam: 'hidden', Description: 'changed' }],
      ['deleteSecureParameter', 'AccS'],
    ],
    'entries of the partner directory': [
      'partnerDirectory',
      ['createStringParameter', { Pid: 'Contiva', Id: 'Standard', Value: 'X12' }],
      ['updateStringParameter', 'Contiva', 'Standard', { Value: 'EDIFACT' }],
      ['createBinaryParameter', { Pid: 'Contiva', Id: 'Map', ContentType: 'xsl', Value: base64('<xsl/>') }],
      ['updateBinaryParameter', 'Contiva', 'Map', { ContentType: 'xsl', Value: base64('<xsl2/>') }],
      ['createAuthorizedUser', { User: 'contiva', Pid: 'Contiva' }],
      ['updateAuthorizedUser', 'contiva', { Pid: 'Contiva' }],
      ['createAlternativePartner', { Agency: 'Agency', Scheme: 'Scheme', Id: '4711', Pid: 'Contiva' }],
      ['updateAlternativePartner', ...partner, { Pid: 'Contiva' }],
      ['deleteAlternativePartner', ...partner],
      ['deleteAuthorizedUser', 'contiva'],
      ['deleteBinaryParameter', 'Contiva', 'Map'],
      ['deleteStringParameter', 'Contiva', 'Standard'],
    ],
    'credentials of partners': [
      'partnerDirectory',
      ['createUserCredentialParameter', { Pid: 'Contiva', Id: 'Login', User: 'ada', Password: 'hidden' }],
      ['deleteUserCredentialParameter', 'Contiva', 'Login'],
    ],
  }
}

/** The artifact under another ID. */
function renamed(files: Files, id: string): Files {
  return edited(files, 'META-INF/MANIFEST.MF', `Bundle-SymbolicName: ${id}`, `Bundle-SymbolicName: ${id}2`)
}

/** contiva writes whatever it can write; nothing of it is refused, and nothing is left. */
export function contivaWrites(run: AcceptanceRun): void {
  test('contiva writes everything it can', async () => {
    const before = (await run.tenant.accessLines()).length
    const refused: string[] = []
    for (const [what, [api, ...calls]] of Object.entries(await lives())) {
      const client = Reflect.get(run.contiva, api) as Record<string, Method>
      for (const [name, ...given] of calls) {
        if (!client[name]) refused.push(`contiva has no ${name}`)
        await client[name]?.(...given).catch(error => refused.push(`${what}: ${name}: ${error.message}`))
      }
    }
    await run.tenant.server.deployed()
    for (const { Id } of await run.contiva.integrationContent.getDeployedArtifacts()) {
      if (Id?.endsWith('2')) await run.contiva.integrationContent.undeployIntegrationFlow(Id)
    }
    for (const { Id } of await run.contiva.integrationContent.getIntegrationPackages()) {
      if (Id !== 'AccPkg') await run.contiva.integrationContent.deleteIntegrationPackage(Id ?? '')
    }
    const lines = (await run.tenant.accessLines()).slice(before)
    refused.push(
      ...lines.filter(({ status }) => status >= 400).map(({ method, path, status }) => `${status} ${method} ${path}`),
    )
    assert.deepEqual(refused, [])
  })
}
