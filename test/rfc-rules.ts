import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

/** One rule of an RFC: what is done to show it, and what has to come of that. */
export interface Rule<Here> {
  /** `§5.2` */
  readonly section: string
  /** In our words; where we differ, what we do instead. */
  readonly rule: string
  /** Compared with `expected` by `deepEqual`. */
  readonly asked: (here: Here) => unknown
  readonly expected: unknown
  /** On purpose: `docs/compatibility.md` says why. */
  readonly differs?: true
}

const compatibility = readFileSync(new URL('../docs/compatibility.md', import.meta.url), 'utf8')

/**
 * A test for each rule, on a world of its own unless `world` shares one, and one that the document on compatibility names the
 * sections in which some rule differs on purpose, and no others. All rules of an RFC are in one table.
 */
export function testRules<Here>(rfc: string, world: () => Here, rules: readonly Rule<Here>[]): void {
  for (const { section, rule, asked, expected, differs } of rules) {
    test(`${rfc} ${section}${differs ? ' (differs on purpose)' : ''}: ${rule}`, async () => {
      assert.deepEqual(await asked(world()), expected)
    })
  }
  test(`docs/compatibility.md lists where ${rfc} says otherwise`, () => {
    const listed = [...compatibility.matchAll(/^\| (RFC \d+) \| (§[\d.]+) \|/gm)].filter(([, name]) => name === rfc)
    assert.deepEqual(
      new Set(listed.map(([, , section]) => section)),
      new Set(rules.filter(({ differs }) => differs).map(({ section }) => section)),
    )
  })
}
