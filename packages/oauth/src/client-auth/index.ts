import type { ClientAuthentication } from './client-authentication.ts'
import { clientSecretBasic } from './client-secret-basic.ts'
import { clientSecretPost } from './client-secret-post.ts'
import { clientSecretQuery } from './client-secret-query.ts'

/** Every way of presenting client credentials; the first that a request uses counts. */
export const clientAuthentications: readonly ClientAuthentication[] = [
  clientSecretBasic,
  clientSecretPost,
  clientSecretQuery,
]
