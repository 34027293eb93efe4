import type { UsedProofs } from './store.ts'
import type { Writer } from './writer.ts'

export function createUsedProofs(writer: Writer): UsedProofs {
  return {
    use: (key, expiresAt) =>
      writer.write(async tx => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('used_proofs')
          .values({ key, expires_at: expiresAt })
          .onConflict(conflict => conflict.column('key').doNothing())
          .executeTakeFirst()
        return numInsertedOrUpdatedRows === 1n
      }),
    deleteExpired: (now, limit) =>
      writer.write(async tx => {
        const deleted = await tx
          .deleteFrom('used_proofs')
          .where('key', 'in', from =>
            from.selectFrom('used_proofs').select('key').where('expires_at', '<=', now).limit(limit),
          )
          .executeTakeFirst()
        return Number(deleted.numDeletedRows)
      }),
  }
}
