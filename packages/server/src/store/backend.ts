import type { CreateTableBuilder, Dialect, RawBuilder } from 'kysely'

/** What differs between databases. The repositories see none of it; migrations and `openStore` do. */
export interface Backend {
  readonly dialect: Dialect
  /** Column type for bytes. */
  readonly bytes: 'blob' | 'bytea'
  /** Adds the column `key`: a primary key the database counts up and never reuses. */
  withCountingKey<T extends string, C extends string>(table: CreateTableBuilder<T, C>): CreateTableBuilder<T, C | 'key'>
  /** Stores rows in the order of the primary key, without a second tree beside it, where the database can. */
  clustered<T extends string, C extends string>(table: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>
  /** What makes the database refuse changes of a table's rows, and the deletion of any but the oldest, the one with the lowest `key`. */
  appendOnly(table: string): readonly RawBuilder<unknown>[]
  /** Bytes that the database takes. */
  databaseBytes(): Promise<number>
  /** Bytes that the database can still grow by. */
  availableBytes(): Promise<number>
  /** Releases what the dialect does not: locks. Called once, after the last query. */
  release(): void
}
