import { Tag } from '@ui5/webcomponents-react/Tag'
import { useTranslation } from 'react-i18next'
import type { LocalUser } from '../api/local-users.ts'

const designs = { active: 'Positive', initial: 'Information', locked: 'Critical', disabled: 'Negative' } as const

/** What keeps a user from signing in, if anything. */
export function LocalUserStatus({ user }: { readonly user: LocalUser }) {
  const { t } = useTranslation()
  const status = statusOf(user)
  return <Tag design={designs[status]}>{t(`cockpit.localUsers.${status}`)}</Tag>
}

function statusOf({ enabled, lockedUntil, mustChangePassword }: LocalUser): keyof typeof designs {
  if (!enabled) return 'disabled'
  if (lockedUntil !== undefined) return 'locked'
  return mustChangePassword ? 'initial' : 'active'
}
