import { CompiledQuery, sql } from 'kysely'
import type { Backend } from './backend.ts'
import type { Database, Schema } from './schema.ts'
import type { MessageFigures, StoredKind, Usage } from './usage-store.ts'

const tables: Readonly<Record<StoredKind, keyof Schema>> = {
  messageLogs: 'message_logs',
  customHeaders: 'message_custom_headers',
  attachments: 'message_attachments',
  runSteps: 'run_steps',
  traceMessages: 'trace_messages',
  persistedMessages: 'persisted_messages',
  dataStoreEntries: 'data_store_entries',
  variables: 'variables',
  queueMessages: 'queue_messages',
  processedMessages: 'processed_messages',
  tokens: 'tokens',
  artifacts: 'artifacts',
}

interface FiguresRow {
  readonly messages: number
  readonly failed: number
  readonly total_ms: number | null
  readonly max_ms: number | null
}

const figures = sql<FiguresRow>`count(*) as messages, count(*) filter (where status = 'FAILED') as failed,
  sum(log_end - log_start) as total_ms, max(log_end - log_start) as max_ms`

/** Everything asked of message logs is in the index of a flow's logs: no row is read for it. */
export function createUsage(
  database: Database,
  { databaseBytes, availableBytes }: Pick<Backend, 'databaseBytes' | 'availableBytes'>,
): Usage {
  const ended = (flowId: string, from: number, to: number) =>
    sql`artifact_id = ${flowId} and log_end >= ${from} and log_end < ${to} and status <> 'PROCESSING'`
  // Compiled once: building the query costs more than running it.
  const messages = sql<FiguresRow>`select ${figures} from message_logs where ${ended('', 0, 0)}`.compile(database).sql
  return {
    async flows() {
      const { rows } = await distinctFlows.execute(database)
      return rows
    },
    async countMessages(flowId, from, to, atMost) {
      const { rows } = await sql<{ count: number }>`select count(*) as count from (
          select 1 from message_logs where ${ended(flowId, from, to)} limit ${sql.lit(atMost)}) as some`.execute(
        database,
      )
      return Number(rows[0]?.count)
    },
    async messages(flowId, from, to) {
      const { rows } = await database.executeQuery<FiguresRow>(CompiledQuery.raw(messages, [flowId, from, to]))
      return fromRow(rows[0])
    },
    async messagesByInterval(flowId, from, to, intervalMs) {
      const interval = sql`(log_end - ${sql.lit(from)}) / ${sql.lit(intervalMs)}`
      const { rows } = await sql<
        FiguresRow & { interval: number }
      >`select ${interval} as interval, ${figures} from message_logs where ${ended(flowId, from, to)}
        group by ${interval}`.execute(database)
      return rows.map(row => ({ interval: Number(row.interval), ...fromRow(row) }))
    },
    async count(kind) {
      const { count } = database.fn
      const rows = await database
        .selectFrom(tables[kind])
        .select(count<number>(sql.lit(1)).as('rows'))
        .execute()
      return Number(rows[0]?.rows)
    },
    tokens: now => validTokens(database, now),
    async bytes() {
      return { used: await databaseBytes(), available: await availableBytes() }
    },
  }
}

/** One search in the index for each flow, however many logs it has. */
const distinctFlows = sql<{ id: string; name: string }>`
  with recursive flows(id) as (
    select min(artifact_id) from message_logs
    union all
    select (select min(artifact_id) from message_logs where artifact_id > flows.id) from flows where flows.id is not null)
  select id, (
    select artifact_name from message_logs where artifact_id = flows.id order by log_end desc limit 1) as name
  from flows where id is not null`

async function validTokens(database: Database, now: number) {
  const clients = await database.selectFrom('clients').select(['key', 'id', 'token_lifetime_seconds']).execute()
  const found: { clientId: string; tokens: number }[] = []
  for (const { key, id, token_lifetime_seconds: lifetime } of clients) {
    const valid = await database
      .selectFrom('tokens')
      .select(from => from.fn.countAll<number>().as('tokens'))
      .where('client', '=', key)
      .where('issued_at', '>', now - lifetime * 1_000)
      .executeTakeFirstOrThrow()
    if (Number(valid.tokens) > 0) found.push({ clientId: id, tokens: Number(valid.tokens) })
  }
  return found.sort((a, b) => b.tokens - a.tokens)
}

/** PostgreSQL gives sums as texts. */
function fromRow(row: FiguresRow | undefined): MessageFigures {
  return {
    messages: Number(row?.messages ?? 0),
    failed: Number(row?.failed ?? 0),
    totalMs: Number(row?.total_ms ?? 0),
    maxMs: Number(row?.max_ms ?? 0),
  }
}
