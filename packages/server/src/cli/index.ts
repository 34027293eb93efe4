import { auditLog } from './audit-log.ts'
import { call } from './call.ts'
import { check } from './check.ts'
import { clientCreate } from './client-create.ts'
import { clientDelete } from './client-delete.ts'
import { clientList } from './client-list.ts'
import { clientSecretCreate } from './client-secret-create.ts'
import { clientSecretDelete } from './client-secret-delete.ts'
import { clientSecretList } from './client-secret-list.ts'
import { clientSecretSet } from './client-secret-set.ts'
import { completion } from './completion.ts'
import { credentialCreate } from './credential-create.ts'
import { credentialDelete } from './credential-delete.ts'
import { credentialList } from './credential-list.ts'
import { dataStoreDelete } from './data-store-delete.ts'
import { dataStoreList } from './data-store-list.ts'
import { deploy } from './deploy.ts'
import { identityProviderCreate } from './identity-provider-create.ts'
import { identityProviderDelete } from './identity-provider-delete.ts'
import { identityProviderDisable } from './identity-provider-disable.ts'
import { identityProviderEnable } from './identity-provider-enable.ts'
import { identityProviderList } from './identity-provider-list.ts'
import { keysList } from './keys-list.ts'
import { keysRevoke } from './keys-revoke.ts'
import { keysRotate } from './keys-rotate.ts'
import { keystoreCertify } from './keystore-certify.ts'
import { keystoreDelete } from './keystore-delete.ts'
import { keystoreExport } from './keystore-export.ts'
import { keystoreGenerate } from './keystore-generate.ts'
import { keystoreImport } from './keystore-import.ts'
import { keystoreImportAll } from './keystore-import-all.ts'
import { keystoreList } from './keystore-list.ts'
import { keystoreRename } from './keystore-rename.ts'
import type { Command } from './line/command.ts'
import { logLevel } from './log-level.ts'
import { logs } from './logs.ts'
import { numberRangeDelete } from './number-range-delete.ts'
import { numberRangeList } from './number-range-list.ts'
import { numberRangeSet } from './number-range-set.ts'
import { packageExport } from './package-export.ts'
import { packageImport } from './package-import.ts'
import { packageList } from './package-list.ts'
import { partnerParameterDelete } from './partner-parameter-delete.ts'
import { partnerParameterList } from './partner-parameter-list.ts'
import { partnerParameterSet } from './partner-parameter-set.ts'
import { roleAssign } from './role-assign.ts'
import { roleList } from './role-list.ts'
import { roleUnassign } from './role-unassign.ts'
import { run } from './run.ts'
import { serve } from './serve.ts'
import { status } from './status.ts'
import { test } from './test.ts'
import { token } from './token.ts'
import { undeploy } from './undeploy.ts'
import { variableDelete } from './variable-delete.ts'
import { variableList } from './variable-list.ts'

/** Every command. Files of commands import only what help needs; the rest they load when they run. */
export const commands: readonly Command[] = [
  auditLog,
  call,
  check,
  clientCreate,
  clientDelete,
  clientList,
  clientSecretCreate,
  clientSecretDelete,
  clientSecretList,
  clientSecretSet,
  completion,
  credentialCreate,
  credentialDelete,
  credentialList,
  dataStoreDelete,
  dataStoreList,
  deploy,
  identityProviderCreate,
  identityProviderDelete,
  identityProviderDisable,
  identityProviderEnable,
  identityProviderList,
  keysList,
  keysRevoke,
  keysRotate,
  keystoreCertify,
  keystoreDelete,
  keystoreExport,
  keystoreGenerate,
  keystoreImport,
  keystoreImportAll,
  keystoreList,
  keystoreRename,
  logLevel,
  logs,
  numberRangeDelete,
  numberRangeList,
  numberRangeSet,
  packageExport,
  packageImport,
  packageList,
  partnerParameterDelete,
  partnerParameterList,
  partnerParameterSet,
  roleAssign,
  roleList,
  roleUnassign,
  run,
  serve,
  status,
  test,
  token,
  undeploy,
  variableDelete,
  variableList,
]
