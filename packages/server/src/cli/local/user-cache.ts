import { join } from 'node:path'

/** Where the user's system wants files that can be made again: `XDG_CACHE_HOME`, else `.cache` in the home directory. */
export function userCache(
  { XDG_CACHE_HOME: given }: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  return join(given || join(home, '.cache'), 'sluice')
}
