import { oauthClientUser } from '@sluice/oauth'
import { type ExpressionBuilder, type Selectable, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import {
  auditActions,
  auditMethods,
  categoriesByNumber,
  firstChangeNumber,
  numberOfObject,
  numbersOfCategory,
  objectOfNumber,
} from './audit-catalogue.ts'
import type { AuditEvent, AuditFilter, AuditPlace, AuditQuery, AuditRecord, AuditRows } from './audit-log-store.ts'
import { narrowedBy } from './audit-narrowing.ts'
import { appendBegun, insertBegun, toRow } from './begun-changes.ts'
import { constant, everything, filterCondition, type Properties } from './filter.ts'
import { multiRowWrite } from './multi-row.ts'
import type { Database, Schema, Tx } from './schema.ts'
import type { Writer } from './writer.ts'

type Row = Selectable<Schema['audit_log']>
type NewRow = AuditEvent & { readonly time: number }

/** Rows that one list looks at: what no index helps with must not hold the only connection for long. */
const scannedMax = 20_000

/** The same where texts are searched: a row may tell of a thousand tokens. */
const searchedMax = 2_000

export function createAuditRows(database: Database, writer: Writer): AuditRows {
  const insert = auditInsert(database)
  return {
    begin: entry => writer.write(tx => insertBegun(tx, entry)),
    append: (entries, begun = []) =>
      writer.write(async tx => {
        await insert(tx, entries)
        if (begun.length > 0) await tx.deleteFrom('begun_changes').where('key', 'in', begun).execute()
      }),
    async appendBegun(reason) {
      const some = await database.selectFrom('begun_changes').select('key').limit(1).executeTakeFirst()
      return some ? writer.write(tx => appendBegun(tx, reason)) : 0
    },
    async list(filter, limit, before) {
      const scanned = scan(database, filter, before)
      const max = filter.text === undefined ? scannedMax : searchedMax
      const rows = await database
        .selectFrom(scanned.limit(max).as('audit_log'))
        .selectAll()
        .where(expression => expression.and(conditions(expression, filter)))
        .orderBy('time', 'desc')
        .orderBy('key', 'desc')
        .limit(limit + 1)
        .execute()
      const records = rows.slice(0, limit).map(fromRow)
      if (rows.length > limit) return { records, next: placeOf(records.at(-1)) }
      const last = await scanned
        .offset(max - 1)
        .limit(1)
        .executeTakeFirst()
      return { records, next: placeOf(last) }
    },
    async count(filter) {
      const found = await scan(database, filter)
        .clearSelect()
        .clearOrderBy()
        .select(expression => expression.fn.countAll<number>().as('count'))
        .where(expression => expression.and(conditions(expression, filter)))
        .executeTakeFirst()
      return Number(found?.count)
    },
    async query({ filter, application, limit, skip, before }) {
      const found: AuditRecord[] = []
      let left = skip
      for await (const passing of passingIn(database, { filter, application, before })) {
        if (left > 0) {
          const count = await countOf(passing)
          if (count <= left) {
            left -= count
            continue
          }
        }
        const latest = passing.selectAll().orderBy('time', 'desc').orderBy('key', 'desc')
        const rows = await latest
          .limit(limit - found.length)
          .offset(left)
          .execute()
        left = 0
        found.push(...rows.map(fromRow))
        if (found.length >= limit) break
      }
      return found
    },
    async countQuery({ filter, application }) {
      // An index is counted without a look at the rows.
      if (!filter) return countOf(database.selectFrom('audit_log'))
      let count = 0
      for await (const passing of passingIn(database, { filter, application, before: undefined })) {
        count += await countOf(passing)
      }
      return count
    },
    async deleteOlderThan(before, limit) {
      const deleted = await writer.write(tx => deleteOldest(tx, before, limit))
      return Number(deleted.numDeletedRows)
    },
  }
}

/** What the original's retrieval API filters by. */
function propertiesOf(application: string): Properties {
  const { bounds, names } = categoriesByNumber
  return {
    Time: { type: 'integer', sql: sql`time / 1000`, nullable: false },
    User: {
      ...{ type: 'text', nullable: false },
      sql: sql`coalesce(user_name, ${sql.lit(oauthClientUser(''))} || client_id, '')`,
    },
    Category: {
      ...{ type: 'text', nullable: false },
      sql: sql`case when object < ${sql.lit(bounds[0])} then ${names[0]} when object < ${sql.lit(bounds[1])} then ${names[1]} else ${names[2]} end`,
    },
    Application: constant(application),
  }
}

/**
 * What passes a filter, `scannedMax` of the rows at a time that indexes find, the latest first. Others have their turn in between.
 */
async function* passingIn(
  database: Database,
  { filter, application, before }: Pick<AuditQuery, 'filter' | 'application' | 'before'>,
) {
  const passes = filter ? filterCondition(filter, propertiesOf(application)) : everything
  const narrowed = filter ? narrowedBy(filter) : {}
  for (let place = before, isFirst = true; isFirst || place; isFirst = false) {
    const looked = scan(database, narrowed, place)
    yield database.selectFrom(looked.limit(scannedMax).as('audit_log')).where(passes)
    await new Promise(resolve => setImmediate(resolve))
    const last = await looked
      .offset(scannedMax - 1)
      .limit(1)
      .executeTakeFirst()
    place = placeOf(last)
  }
}

async function countOf(rows: SelectQueryBuilder<Pick<Schema, 'audit_log'>, 'audit_log', object>): Promise<number> {
  const counted = await rows.select(row => row.fn.countAll<number>().as('count')).executeTakeFirst()
  return Number(counted?.count)
}

/**
 * The oldest rows by their key, which is the order in which they were written, up to the first that is to stay: a clock may have
 * been set back since, and no row goes before those with lower keys.
 */
function deleteOldest(tx: Tx, before: number, limit: number) {
  return tx
    .with('oldest', from => from.selectFrom('audit_log').select(['key', 'time']).orderBy('key').limit(limit))
    .deleteFrom('audit_log')
    .where('key', 'in', from =>
      from
        .selectFrom('oldest')
        .select('oldest.key')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('oldest as kept')
                .select('kept.key')
                .where('kept.time', '>=', before)
                .whereRef('kept.key', '<=', 'oldest.key'),
            ),
          ),
        ),
    )
    .executeTakeFirst()
}

/** The rows that indexes find, the latest first. */
function scan(database: Database, { from, to, category, object, user, outcome }: AuditFilter, before?: AuditPlace) {
  let query = database.selectFrom('audit_log').selectAll().orderBy('time', 'desc').orderBy('key', 'desc')
  if (from !== undefined) query = query.where('time', '>=', from)
  if (to !== undefined) query = query.where('time', '<', to)
  if (before) {
    query = query
      .where('time', '<=', before.time)
      .where(row => row.or([row('time', '<', before.time), row('key', '<', before.key)]))
  }
  const isChange =
    (category !== undefined && category !== 'audit.security-events') ||
    (object !== undefined && numberOfObject(object) >= firstChangeNumber)
  // Literals: partial indexes are found by them.
  if (isChange) query = query.where('object', '>=', sql.lit(firstChangeNumber))
  if (outcome === 'failure') query = query.where('reason', 'is not', null)
  if (user !== undefined) query = query.where('user_name', '=', user)
  return query
}

function conditions(row: ExpressionBuilder<Pick<Schema, 'audit_log'>, 'audit_log'>, filter: AuditFilter) {
  const { category, object, action, user, clientId, address, outcome, text } = filter
  const all = [
    category !== undefined && row('object', 'in', numbersOfCategory(category)),
    object !== undefined && row('object', '=', numberOfObject(object)),
    action !== undefined && row('action', '=', auditActions.indexOf(action)),
    user !== undefined && row('user_name', '=', user),
    clientId !== undefined && row('client_id', '=', clientId),
    address !== undefined && row('address', '=', address),
    outcome !== undefined && row('reason', outcome === 'success' ? 'is' : 'is not', null),
    text !== undefined && holds(text),
  ]
  return all.filter(condition => condition !== false)
}

function holds(text: string) {
  const searched = ['ids', 'user_name', 'client_id', 'address', 'reason'].map(
    column => sql`strpos(lower(coalesce(${sql.ref(column)}, '')), ${text.toLowerCase()}) > 0`,
  )
  return sql<SqlBool>`(${sql.join(searched, sql` or `)})`
}

function placeOf(row: AuditPlace | undefined): AuditPlace | undefined {
  return row && { time: row.time, key: row.key }
}

function auditInsert(database: Database): (tx: Tx, entries: readonly NewRow[]) => Promise<void> {
  const empty = { ...{ time: 0, object: 0, action: 0, method: 0, count: 0 } }
  const texts = { ids: '', user_name: '', client_id: '', address: '', reason: '', changes: '' }
  return multiRowWrite<NewRow>(
    count =>
      database
        .insertInto('audit_log')
        .values(Array.from({ length: count }, () => ({ ...empty, ...texts })))
        .compile(),
    (entry, parameters) => {
      const { time, object, action, method, ids, user_name, client_id, address, changes } = toRow(entry)
      const [count, reason] = [entry.count ?? null, entry.reason ?? null]
      parameters.push(time, object, action, method, count, ids, user_name, client_id, address, reason, changes)
    },
  )
}

function fromRow(row: Row): AuditRecord {
  return {
    key: row.key,
    time: row.time,
    object: objectOfNumber(row.object),
    action: nameAt(auditActions, row.action),
    method: row.method === null ? undefined : nameAt(auditMethods, row.method),
    count: row.count ?? undefined,
    id: row.ids ?? undefined,
    user: row.user_name ?? undefined,
    clientId: row.client_id ?? undefined,
    address: row.address ?? undefined,
    reason: row.reason ?? undefined,
    changes: row.changes?.split('\n') ?? undefined,
  }
}

function nameAt<Name extends string>(names: readonly Name[], number: number): Name {
  const name = names[number]
  if (name === undefined) throw new Error(`Expected a number of the audit log's catalogue, found ${number}`)
  return name
}
