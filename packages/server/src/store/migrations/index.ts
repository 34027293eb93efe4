import { initial } from './0001-initial.ts'
import { credentials } from './0002-credentials.ts'
import { timerTicks } from './0003-timer-ticks.ts'
import { flowData } from './0005-flow-data.ts'
import { queues } from './0007-queues.ts'
import { partnerDirectory } from './0009-partner-directory.ts'
import { keystore } from './0010-keystore.ts'
import { traces } from './0012-traces.ts'
import { messageLogs } from './0013-message-logs.ts'
import { runsAndLevels } from './0014-runs-and-levels.ts'
import { packages } from './0015-packages.ts'
import { artifactVersions } from './0016-artifact-versions.ts'
import { keystores } from './0017-keystores.ts'
import { security } from './0018-security.ts'
import { userCertificates } from './0018-user-certificates.ts'
import { volumes } from './0018-volumes.ts'
import { sessions } from './0019-sessions.ts'
import { localUsers } from './0021-local-users.ts'
import { branding } from './0022-branding.ts'
import { clientTranslations } from './0023-client-translations.ts'
import { userAuthorizations } from './0024-user-authorizations.ts'
import { auditLog } from './0025-audit-log.ts'
import { identityProviders } from './0027-identity-providers.ts'
import { clientSecrets } from './0028-client-secrets.ts'
import { signingKeys } from './0028-signing-keys.ts'
import { clientKeys } from './0029-client-keys.ts'
import { externalUsers } from './0030-external-users.ts'
import { assertedUsers } from './0032-asserted-users.ts'
import { begunChanges } from './0033-begun-changes.ts'
import { trustedSince } from './0034-trusted-since.ts'
import type { Migration } from './migration.ts'

/** All migrations, oldest first. Append only. */
export const migrations: readonly Migration[] = [
  initial,
  credentials,
  timerTicks,
  flowData,
  queues,
  partnerDirectory,
  keystore,
  traces,
  messageLogs,
  runsAndLevels,
  packages,
  artifactVersions,
  keystores,
  security,
  userCertificates,
  volumes,
  sessions,
  localUsers,
  branding,
  clientTranslations,
  userAuthorizations,
  auditLog,
  identityProviders,
  clientSecrets,
  signingKeys,
  clientKeys,
  externalUsers,
  assertedUsers,
  begunChanges,
  trustedSince,
]
