import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Kysely, sql } from 'kysely'
import { describeCertificate, readCertificate } from '../../keystore/certificate.ts'
import { rootPem } from '../../keystore/testing/example-material.ts'
import { migrate } from '../migrate.ts'
import { sqliteBackend } from '../sqlite.ts'
import { keystore } from './0010-keystore.ts'
import { keystores } from './0017-keystores.ts'

test('entries of before are kept, described and in the keystore that flows use', async () => {
  const backend = sqliteBackend(':memory:', () => {})
  const database = new Kysely<unknown>({ dialect: backend.dialect })
  await migrate(database, backend, [keystore], () => 1)
  const certificate = readCertificate(Buffer.from(rootPem))
  const certificates = JSON.stringify([Buffer.from(certificate).toString('base64')])
  const insert = (alias: string, at: number) =>
    sql`insert into keystore_entries values (${alias.toLowerCase()}, ${alias}, 'certificate', ${certificates},
      ${Buffer.from('sealed')}, 'ada', 1, 'bob', ${at})`.execute(database)
  await insert('Wurzel ü', 7)
  await insert('b', 9)
  await migrate(database, backend, [keystore, keystores], () => 2)
  const { rows } = await sql<Record<string, unknown>>`select * from keystore_entries order by alias_lower desc`.execute(
    database,
  )
  const [row] = rows
  const described = describeCertificate(certificate)
  assert.deepEqual(
    [row?.keystore, row?.alias, row?.hex_alias, row?.subject, row?.valid_to, row?.sha256, row?.created_by],
    [
      'system',
      'Wurzel ü',
      '5775727A656C20C3BC',
      described.subject,
      described.validTo,
      described.fingerprints.sha256,
      'ada',
    ],
  )
  assert.equal(Buffer.from(row?.private_key as Uint8Array).toString(), 'sealed')
  const { rows: noted } = await sql`select * from keystores`.execute(database)
  assert.deepEqual(
    noted.map(one => ({ ...(one as object) })),
    [{ name: 'system', modified_by: 'bob', modified_at: 9 }],
  )
  await database.destroy()
})
