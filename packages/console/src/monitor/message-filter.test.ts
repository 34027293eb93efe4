import assert from 'node:assert/strict'
import { test } from 'node:test'
import { customHeaderOption, type MessageSearch, messageFilter, noSearch } from './message-filter.ts'

const now = new Date('2026-01-02T03:04:05.000Z')
const local = (text: string) => new Date(text).toISOString().slice(0, -1)

const filters: readonly (readonly [search: Partial<MessageSearch>, filter: string])[] = [
  [{}, ''],
  [{ period: 'hour' }, "LogEnd ge datetime'2026-01-02T02:04:05.000'"],
  [{ status: 'FAILED', flow: " it's " }, "Status eq 'FAILED' and IntegrationFlowName eq 'it''s'"],
  [{ id: 'a' }, "(MessageGuid eq 'a' or CorrelationId eq 'a' or ApplicationMessageId eq 'a')"],
  [{ from: '2025-01-31T13:45', to: '2025-02-01T00:00' }, ''],
  [
    { period: 'custom', from: '2025-01-31T13:45', to: '2025-02-01T00:00' },
    `LogEnd ge datetime'${local('2025-01-31T13:45')}' and LogEnd le datetime'${local('2025-02-01T00:00')}'`,
  ],
  [{ period: 'custom', from: '', to: 'yesterday' }, ''],
]

for (const [search, filter] of filters) {
  test(`a search for ${JSON.stringify(search)} is the filter ${filter || 'for everything'}`, () =>
    assert.equal(messageFilter({ ...noSearch, ...search }, now), filter))
}

test('a custom header is looked for by name and value, not by one of them', () => {
  const option = (header: string, value: string) => customHeaderOption({ ...noSearch, header, value })
  assert.equal(option(' po ', "it's"), "'po' eq 'it''s'")
  assert.equal(option('po', ''), undefined)
  assert.equal(option('', '1'), undefined)
})
