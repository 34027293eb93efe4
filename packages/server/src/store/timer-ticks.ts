import type { Database, Tx } from './schema.ts'
import type { TimerTick, TimerTicks } from './store.ts'
import type { Writer } from './writer.ts'

export function createTimerTicks(writer: Writer): TimerTicks {
  return {
    claim: (tick, now, busyUntil) => writer.write(tx => claim(tx, tick, now, busyUntil)),
    async extend(tick, busyUntil) {
      await writer.write(tx => setBusy(tx, tick, busyUntil))
    },
    async release(tick) {
      await writer.write(tx => setBusy(tx, tick, 0))
    },
    async forget(flowId) {
      await writer.write(tx => tx.deleteFrom('timer_ticks').where('flow_id', '=', flowId).execute())
    },
  }
}

async function claim(tx: Tx, { flowId, stepId, tick }: TimerTick, now: number, busyUntil: number): Promise<boolean> {
  if (!(await isDeployed(tx, flowId))) return false
  const claimed = await tx
    .insertInto('timer_ticks')
    .values({ flow_id: flowId, step_id: stepId, tick, busy_until: busyUntil })
    .onConflict(conflict =>
      conflict
        .columns(['flow_id', 'step_id'])
        .doUpdateSet({ tick, busy_until: busyUntil })
        .where('timer_ticks.tick', '<', tick)
        .where('timer_ticks.busy_until', '<=', now),
    )
    .executeTakeFirst()
  return claimed.numInsertedOrUpdatedRows === 1n
}

async function isDeployed(tx: Database, flowId: string): Promise<boolean> {
  return (await tx.selectFrom('deployments').select('id').where('id', '=', flowId).executeTakeFirst()) !== undefined
}

/** Of this tick only: a later one may have been claimed when the lease of this one had run out. */
async function setBusy(tx: Tx, { flowId, stepId, tick }: TimerTick, busyUntil: number): Promise<void> {
  await tx
    .updateTable('timer_ticks')
    .set({ busy_until: busyUntil })
    .where('flow_id', '=', flowId)
    .where('step_id', '=', stepId)
    .where('tick', '=', tick)
    .execute()
}
