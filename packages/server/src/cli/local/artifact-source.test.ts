import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { writeArchive } from '../../runtime/archive.ts'
import { CommandError } from '../line/errors.ts'
import { findArtifacts, selectArtifact, selectArtifacts } from './artifact-source.ts'

const bytes = (text: string) => Buffer.from(text)
const indexOf = (value: unknown) => bytes(Buffer.from(JSON.stringify(value)).toString('base64'))

describe('artifacts on disk', () => {
  let directory: string
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sluice-artifacts-'))
    const flow = await writeArchive(new Map([['META-INF/MANIFEST.MF', bytes('Bundle-SymbolicName: a\r\n')]]))
    const resources = [
      { id: 'p', resourceType: 'ContentPackage', name: 'P' },
      { id: 'f', resourceType: 'IFlow', name: 'f.zip', displayName: 'Flow' },
      { id: 'broken', resourceType: 'IFlow', displayName: 'Broken' },
      { id: 'missing', resourceType: 'IFlow', displayName: 'Missing' },
      { id: 's', resourceType: 'ScriptCollection', displayName: 'Scripts' },
      { id: 'u', resourceType: 'Url', displayName: 'Link' },
    ]
    const files = new Map([
      ['resources.cnt', indexOf({ resources, relations: [] })],
      ['f_content', Buffer.from(flow)],
      ['broken_content', bytes('not a zip')],
      ['s_content', Buffer.from(flow)],
    ])
    await writeFile(join(directory, 'package.zip'), await writeArchive(files))
    await writeFile(join(directory, 'flow.zip'), flow)
    await writeFile(join(directory, 'text.zip'), 'no zip')
  })
  after(() => rm(directory, { recursive: true }))

  const found = async (name: string) => {
    const list: unknown[] = []
    for await (const { source, type, open } of findArtifacts(join(directory, name))) {
      const { bundle, diagnostics } = await open()
      list.push([source, type, bundle?.id ?? diagnostics[0]?.code])
    }
    return list
  }

  test('an exported package gives each of its artifacts, and goes on after a broken one', async () => {
    const path = join(directory, 'package.zip')
    assert.deepEqual(await found('package.zip'), [
      [`${path}: Flow`, 'IFlow', 'a'],
      [`${path}: Broken`, 'IFlow', 'not-a-zip'],
      [`${path}: Missing`, 'IFlow', 'broken-package'],
      [`${path}: Scripts`, 'ScriptCollection', 'a'],
    ])
  })

  test('an artifact zip gives itself, something else a diagnostic', async () => {
    assert.deepEqual(await found('flow.zip'), [[join(directory, 'flow.zip'), undefined, 'a']])
    assert.deepEqual(await found('text.zip'), [[join(directory, 'text.zip'), undefined, 'not-a-zip']])
  })

  test('an artifact of a package is selected by its name or ID', async () => {
    for (const name of ['Flow', 'f']) {
      const { bundle } = (await selectArtifact(`${join(directory, 'package.zip')}#${name}`)).opened
      assert.equal(bundle?.id, 'a', name)
    }
    assert.equal((await selectArtifacts(join(directory, 'package.zip'))).length, 4)
  })

  test('where one artifact is wanted, a package, an unknown name and no file are refused', async () => {
    const cases: [name: string, message: RegExp][] = [
      ['package.zip', /found 4 in .*package\.zip: name one.*package\.zip#Flow/],
      ['package.zip#nothing', /Expected one of "Flow", "Broken", .*found "nothing"/],
      ['nothing.zip', /Expected a zip or a folder, found: ENOENT/],
    ]
    for (const [name, message] of cases) {
      await assert.rejects(
        selectArtifact(join(directory, name)),
        error => error instanceof CommandError && message.test(error.message),
        name,
      )
    }
    assert.equal((await selectArtifact(join(directory, 'text.zip'))).opened.diagnostics[0]?.code, 'not-a-zip')
  })
})
