import { call, callJson } from './http.ts'

/** What users let clients do in their name. */
export interface Scope {
  readonly id: string
  /** What users read when they are asked. */
  readonly description: string
  /** Descriptions by language tag. */
  readonly translations: Readonly<Record<string, string>>
}

const pathOf = (application: string) => `/oauth2/api/v1/applications/${encodeURIComponent(application)}/scopes`

/** The scopes of an application. */
export async function listScopes(application: string): Promise<readonly Scope[]> {
  return (await callJson<{ scopes: readonly Scope[] }>('GET', pathOf(application))).scopes
}

export async function createScope(application: string, json: Scope): Promise<void> {
  await call('POST', pathOf(application), { json })
}

/** Replaces description and translations. */
export async function updateScope(application: string, { id, ...json }: Scope): Promise<void> {
  await call('PUT', `${pathOf(application)}/${encodeURIComponent(id)}`, { json })
}

export async function deleteScope(application: string, id: string): Promise<void> {
  await call('DELETE', `${pathOf(application)}/${encodeURIComponent(id)}`)
}
