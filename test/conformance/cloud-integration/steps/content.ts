import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { artifactFiles, edited, type Files, unzip, zip } from '../artifact-zip.ts'
import { type Answer, jsonOf, rowsOf } from '../wire.ts'

const types = ['Integration', 'MessageMapping', 'ScriptCollection', 'ValueMapping'] as const
const manifest = 'META-INF/MANIFEST.MF'
const flow = "/api/v1/IntegrationDesigntimeArtifacts(Id='AccFlow',Version='active')"

/** The content of an answer as clients of the design time see it. */
interface Artifact {
  readonly Id: string
  readonly Name: string
  readonly Version: string
  readonly PackageId: string
  readonly Description: string
}

/** Steps 5 to 12: a package, an integration flow in it, up, down and up again. */
export function contentSteps(run: AcceptanceRun): void {
  test('5: FlashPipe finds no package', async () => {
    const answer = await run.flashPipe.get("/api/v1/IntegrationPackages('AccPkg')")
    assertError(answer, 404, 'Not Found')
  })

  test('6: FlashPipe creates a package, wrapped in d', async () => {
    const created = await run.flashPipe.write('POST', '/api/v1/IntegrationPackages', packageData('Orders'))
    const { Id, Name, ShortText, Mode, __metadata } = jsonOf<Record<string, unknown>>(created, 201)
    assert.deepEqual(
      { Id, Name, ShortText, Mode },
      { Id: 'AccPkg', Name: 'Acceptance', ShortText: 'Orders', Mode: 'EDIT_ALLOWED' },
    )
    const uri = `${run.tenant.url}/api/v1/IntegrationPackages('AccPkg')`
    const expected = { id: uri, uri, type: 'com.sap.hci.api.IntegrationPackage' }
    const { id, uri: found, type } = __metadata as typeof expected
    assert.deepEqual({ id, uri: found, type }, expected)
    assert.equal(created.headers.get('location'), uri)
  })

  test('7: FlashPipe reads the package and changes it', async () => {
    const path = "/api/v1/IntegrationPackages('AccPkg')"
    const before = jsonOf<Record<string, string>>(await run.flashPipe.get(path))
    assert.deepEqual([before.Id, before.Mode, before.ShortText], ['AccPkg', 'EDIT_ALLOWED', 'Orders'])
    assert.match(before.CreationDate ?? '', /^\d{13}$/)
    const changed = await run.flashPipe.write('PUT', path, packageData('Orders of partners'))
    assert.equal(changed.status, 202, changed.text)
    const after = jsonOf<Record<string, string>>(await run.flashPipe.get(path))
    assert.deepEqual([after.Name, after.ShortText], ['Acceptance', 'Orders of partners'])
  })

  test('8: FlashPipe and Piper find no integration flow', async () => {
    for (const version of ['active', 'Active']) {
      const path = `/api/v1/IntegrationDesigntimeArtifacts(Id='AccFlow',Version='${version}')`
      assertError(await run.flashPipe.get(path), 404, 'Not Found', /Integration design time artifact not found/)
      assertError(await run.piper.get(path), 404, 'Not Found', /Integration design time artifact not found/)
    }
  })

  test('9: FlashPipe and Piper upload one integration flow each', async () => {
    const content = await base64('AccFlow')
    const byFlashPipe = { Name: 'Acceptance Flow', Id: 'AccFlow', PackageId: 'AccPkg', ArtifactContent: content }
    const path = '/api/v1/IntegrationDesigntimeArtifacts'
    const created = await run.flashPipe.write('POST', path, byFlashPipe)
    const artifact = jsonOf<Artifact>(created, 201)
    assertArtifact(artifact, { Id: 'AccFlow', Name: 'Acceptance Flow', Version: '1.0.0', PackageId: 'AccPkg' })
    assert.equal(artifact.Description, 'Confirms orders up to a limit')
    // As Piper's library writes them: names in alphabetical order. It does not say what it accepts.
    const byPiper = {
      ArtifactContent: await base64('AccCredential'),
      Id: 'AccCredential',
      Name: 'Flow with a credential',
      PackageId: 'AccPkg',
    }
    assert.equal((await run.piper.write('POST', path, byPiper)).status, 201)
    assertError(await run.flashPipe.write('POST', path, byFlashPipe), 409, 'Conflict')
  })

  test('10: FlashPipe, cpilint and Postman list what is in the package', async () => {
    const lists = new Map<string, string[]>()
    for (const type of types) {
      const rows = rowsOf<Artifact>(
        await run.flashPipe.get(`/api/v1/IntegrationPackages('AccPkg')/${type}DesigntimeArtifacts`),
      )
      lists.set(type, rows.map(({ Id, Version }) => `${Id} ${Version}`).sort())
    }
    const flows = ['AccCredential 1.0.0', 'AccFlow 1.0.0']
    assert.deepEqual(Object.fromEntries(lists), {
      Integration: flows,
      MessageMapping: [],
      ScriptCollection: [],
      ValueMapping: [],
    })
    const list = "/api/v1/IntegrationPackages('AccPkg')/IntegrationDesigntimeArtifacts"
    assert.equal(rowsOf(await run.postman.get(list)).length, 2)
    const atom = await run.cpiLint.get(list)
    assert.match(atom.headers.get('content-type') ?? '', /^application\/atom\+xml/)
    assert.deepEqual(valuesOf(atom.text, 'd:Id').sort(), ['AccCredential', 'AccFlow'])
    assert.deepEqual(valuesOf(atom.text, 'd:Version'), ['1.0.0', '1.0.0'])
    const packages = await run.cpiLint.get('/api/v1/IntegrationPackages')
    const names = ['d:Id', 'd:Name', 'd:Mode', 'd:Vendor']
    assert.deepEqual(
      names.map(name => valuesOf(packages.text, name)),
      [['AccPkg'], ['Acceptance'], ['EDIT_ALLOWED'], ['Tests']],
    )
  })

  test('10: figaf reads an entry with the prefixes that it looks for', async () => {
    const { text } = await run.figaf.get(flow)
    assert.match(text, /<m:properties/)
    const values = ['Id', 'Name', 'Version', 'PackageId', 'Description'].map(name => valuesOf(text, `d:${name}`)[0])
    assert.deepEqual(values, ['AccFlow', 'Acceptance Flow', '1.0.0', 'AccPkg', 'Confirms orders up to a limit'])
  })

  test('11: Piper, FlashPipe and cpilint download what was uploaded', async () => {
    const uploaded = artifactFiles('AccFlow')
    for (const [client, answer] of [
      ['Piper', await run.piper.get(`${flow.replace('active', 'Active')}/$value`, { Accept: 'application/zip' })],
      ['FlashPipe', await run.flashPipe.get(`${flow}/$value`)],
      ['cpilint', await run.cpiLint.get(`${flow}/$value`)],
    ] as const) {
      assert.equal(answer.status, 200, client)
      assert.equal(answer.headers.get('content-type'), 'application/zip', client)
      assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; *filename="?AccFlow\.zip"?$/, client)
      assertSameFiles(await unzip(answer.body), uploaded)
    }
  })

  test('12: FlashPipe, Piper and the SAP Cloud SDK upload a new version', async () => {
    const files = artifactFiles('AccFlow')
    const contentOf = async (version: string) => (await zip(withVersion(files, version))).toString('base64')
    const fromFlashPipe = await run.flashPipe.write('PUT', flow, { ArtifactContent: await contentOf('1.0.1') })
    assert.equal(fromFlashPipe.status, 200, fromFlashPipe.text)
    await assertVersion(run, '1.0.1')

    const byPiper = { ArtifactContent: await contentOf('1.0.2'), Name: 'Acceptance Flow' }
    const fromPiper = await run.piper.write('PUT', flow.replace('active', 'Active'), byPiper)
    assert.equal(fromPiper.status, 200, fromPiper.text)
    await assertVersion(run, '1.0.2')

    const api = (await run.sdk()).api('IntegrationDesigntimeArtifacts')
    const entity = api
      .entityBuilder()
      .fromJson({ id: 'AccFlow', version: 'active', artifactContent: await contentOf('1.0.3') })
    const fromSdk = await api.requestBuilder().update(entity).replaceWholeEntityWithPut().executeRaw(run.destination)
    assert.equal(fromSdk.status, 200)
    await assertVersion(run, '1.0.3')
  })
}

/** `PackageSingleData` of FlashPipe: empty values are left out but for these. */
function packageData(shortText: string): object {
  const data = {
    Id: 'AccPkg',
    Name: 'Acceptance',
    Description: '',
    ShortText: shortText,
    Version: '1.0.0',
    Vendor: 'Tests',
  }
  return { d: data }
}

/** The same artifact with another `Bundle-Version`. */
export function withVersion(files: Files, version: string): Files {
  return edited(files, manifest, 'Bundle-Version: 1.0.0', `Bundle-Version: ${version}`)
}

async function base64(id: string): Promise<string> {
  return (await zip(artifactFiles(id))).toString('base64')
}

async function assertVersion({ flashPipe }: AcceptanceRun, version: string): Promise<void> {
  assert.equal(jsonOf<Artifact>(await flashPipe.get(flow)).Version, version)
  const listed = rowsOf<Artifact>(
    await flashPipe.get("/api/v1/IntegrationPackages('AccPkg')/IntegrationDesigntimeArtifacts"),
  )
  assert.equal(listed.find(({ Id }) => Id === 'AccFlow')?.Version, version)
  const { body } = await flashPipe.get(`${flow}/$value`)
  assertSameFiles(await unzip(body), withVersion(artifactFiles('AccFlow'), version))
}

function assertArtifact(artifact: Artifact, expected: Partial<Artifact>): void {
  for (const [name, value] of Object.entries(expected)) assert.equal(Reflect.get(artifact, name), value, name)
}

/** FlashPipe compares these areas of two archives, and takes any difference for a change. */
function assertSameFiles(found: Files, expected: Files): void {
  const compared = ([path]: readonly [string, Buffer]) =>
    /^(META-INF|src\/main\/resources)\/|^metainfo\.prop$/.test(path)
  const textsOf = (files: Files) =>
    Object.fromEntries([...files].filter(compared).map(([path, data]) => [path, data.toString('latin1')]))
  assert.deepEqual(textsOf(found), textsOf(expected))
}

/** The OData error of a caller that accepts JSON. */
export function assertError(answer: Answer, status: number, code: string, message = /./): void {
  assert.equal(answer.status, status, answer.text)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
  const { error } = JSON.parse(answer.text) as { error: { code: string; message: { lang: string; value: string } } }
  assert.deepEqual([error.code, error.message.lang], [code, 'en'])
  assert.match(error.message.value, message)
}

/** Texts of the elements of this name. */
function valuesOf(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`, 'g'))].map(([, text]) => text ?? '')
}
