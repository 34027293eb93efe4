import type { Updateable } from 'kysely'
import type { Database, Schema } from './schema.ts'
import type { Branding, Theme } from './store.ts'
import type { Writer } from './writer.ts'

/** The only row. */
const id = 'subaccount'

export function createBranding(database: Database, writer: Writer): Branding {
  const row = () => database.selectFrom('branding').where('id', '=', id)
  const put = async (
    values: Pick<Updateable<Schema['branding']>, 'logo' | 'logo_type'> & { theme?: string },
    now: number,
  ) => {
    const changed = { ...values, modified_at: now }
    await writer.write(tx =>
      tx
        .insertInto('branding')
        .values({ ...changed, id, theme: values.theme ?? '{}' })
        .onConflict(conflict => conflict.column('id').doUpdateSet(changed))
        .execute(),
    )
  }
  return {
    async find() {
      const found = await row().select(['theme', 'logo_type', 'modified_at']).executeTakeFirst()
      if (!found) return undefined
      const theme = JSON.parse(found.theme) as Theme
      return { theme, logoType: found.logo_type ?? undefined, modifiedAt: found.modified_at }
    },
    async findLogo() {
      const found = await row().select(['logo_type', 'logo']).executeTakeFirst()
      return found?.logo_type && found.logo ? { type: found.logo_type, content: found.logo } : undefined
    },
    putTheme: (theme, now) => put({ theme: JSON.stringify(theme) }, now),
    putLogo: (logo, now) => put({ logo: logo?.content ?? null, logo_type: logo?.type ?? null }, now),
    async reset() {
      await writer.write(tx => tx.deleteFrom('branding').execute())
    },
  }
}
