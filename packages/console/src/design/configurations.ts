import { change, entityPath, listPage } from '../api/odata.ts'
import { artifactPath } from './design-artifact.ts'

/** An externalised parameter of a flow with the value in force: what is configured, or else the default. */
export interface Configuration {
  readonly ParameterKey: string
  readonly ParameterValue: string
  /** Such as `xsd:string`. */
  readonly DataType: string
  readonly Description: string | null
}

/** All parameters of a flow. */
export async function listConfigurations(id: string): Promise<readonly Configuration[]> {
  return (await listPage<Configuration>(`${artifactPath('IntegrationFlow', id)}/Configurations`, {})).rows
}

/** Configures values. One by one: the API has no change of several, and each is saved as it is. */
export async function configure(id: string, values: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, value] of values) {
    const link = `${artifactPath('IntegrationFlow', id)}/$links/${entityPath('Configurations', name)}`
    await change('PUT', link, { ParameterValue: value })
  }
}

/** After other defaults were saved: configures those that would be without effect, because others are configured. */
export async function configureChanged(id: string, defaults: ReadonlyMap<string, string>): Promise<void> {
  if (defaults.size === 0) return
  const inForce = new Map((await listConfigurations(id)).map(each => [each.ParameterKey, each.ParameterValue]))
  const differing = [...defaults].filter(([name, value]) => inForce.has(name) && inForce.get(name) !== value)
  await configure(id, new Map(differing))
}
