import { Failure, type RunScope } from '@sluice/iflow'
import { UpcallError, type Upcalls } from '../jvm/jvm-process.ts'
import { dataStoreServices, keystoreServices, partnerServices } from './tenant-services.ts'

/**
 * What scripts may ask of the tenant while they run, by service name. To add a service, add a line here and its other half in
 * `groovy/host/sluice/script/Services.groovy`. What is wrong is an `UpcallError`; a `Failure` becomes one.
 */
export function scriptServices(scope: RunScope): Upcalls {
  const { ports } = scope
  return {
    ...dataStoreServices(scope),
    ...keystoreServices(scope),
    ...partnerServices(scope),
    'credential.find': async (name: string) => {
      const found = await ports.credentials.find(name)
      switch (found?.kind) {
        case 'user':
          return { user: found.user, password: found.password, properties: {} }
        case 'oauth2-client':
          return { user: found.clientId, password: found.clientSecret, properties: {} }
        case 'secure-parameter':
          return { user: '', password: found.value, properties: {} }
        default:
          throw new UpcallError(`Expected a credential "${name}", found none: deploy it under this name`)
      }
    },
    'credential.accessToken': (name: string) => told(ports.credentials.accessToken(name)),
    'numberRange.next': (name: string) => told(ports.numberRanges.next(name)),
    'valueMapping.lookup': (...names: [string, string, string, string, string]) => ports.valueMappings.lookup(...names),
  }
}

/** The program is told what the world's fault is. */
async function told<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Failure) throw new UpcallError(error.message)
    throw error
  }
}
