import { oauthClientUser } from '@sluice/oauth'
import type { FilterExpression } from '@sluice/odata'
import { auditCategories } from './audit-catalogue.ts'
import type { AuditFilter } from './audit-log-store.ts'

/** What follows from a `$filter` for the rows that pass it, as far as an index finds them by it; times of it are in seconds. */
export function narrowedBy(filter: FilterExpression): Pick<AuditFilter, 'from' | 'to' | 'user' | 'category'> {
  if (filter.kind === 'and') return both(narrowedBy(filter.left), narrowedBy(filter.right))
  if (filter.kind !== 'compare' || filter.left.kind !== 'property' || filter.right.kind !== 'literal') return {}
  const { operator, left, right } = filter
  if (left.path === 'Time')
    return typeof right.value === 'bigint' ? withinTime(operator, Number(right.value) * 1000) : {}
  if (operator !== 'eq' || typeof right.value !== 'string') return {}
  if (left.path === 'Category') return { category: auditCategories.find(category => category === right.value) }
  // Rows without a user are those of clients, or of nobody.
  const isUser = right.value !== '' && !right.value.startsWith(oauthClientUser(''))
  return left.path === 'User' && isUser ? { user: right.value } : {}
}

function both(left: AuditFilter, right: AuditFilter): AuditFilter {
  const [from, to] = [Math.max(left.from ?? 0, right.from ?? 0), Math.min(left.to ?? Infinity, right.to ?? Infinity)]
  return {
    from: from > 0 ? from : undefined,
    to: to < Infinity ? to : undefined,
    user: left.user ?? right.user,
    category: left.category ?? right.category,
  }
}

function withinTime(operator: string, ms: number): Pick<AuditFilter, 'from' | 'to'> {
  switch (operator) {
    case 'lt':
      return { to: ms }
    case 'le':
      return { to: ms + 1000 }
    case 'gt':
    case 'ge':
      return { from: ms }
    case 'eq':
      return { from: ms, to: ms + 1000 }
    default:
      return {}
  }
}
