import type { IncomingMessage } from 'node:http'
import { openTokenService, TestClock, type TokenService } from '@sluice/server/testing'
import { median } from '../statistics.ts'
import type { Place } from '../target.ts'
import { application, batchSize, clientIdOf, createClients, issue } from './token-load.ts'

/** What checking a token that the server has seen adds to a call: processor time in microseconds, the median of rounds. */
export interface SeenTokensResult {
  readonly kinds: readonly SeenTokens[]
}

export interface SeenTokens {
  readonly name: string
  /** The token alone. */
  readonly validateUs: number
  /** Header, token and role: everything between the message endpoint's table and its flow. */
  readonly callUs: number
}

/** More than the validator remembers, so that its memory is full. */
const issued = 10_500
const used = 5_000
const callsPerRound = 20_000
const role = 'ESBMessaging.send'

/** One token over and over, and thousands in turn, opaque and JWT. */
export async function measureSeenTokens(
  rounds: number,
  place: Place,
  say: (progress: string) => void,
): Promise<SeenTokensResult> {
  const clock = new TestClock(Date.now())
  const service = await openTokenService(`${place.directory}/seen-tokens`, clock)
  await createClients(service, 1)
  const clientId = clientIdOf(0)
  await service.store.roles.assignUsers({ application, role }, [`oauth_client_${clientId}`])
  const kinds: SeenTokens[] = []
  for (const [format, query] of [
    ['opaque', ''],
    ['JWT', 'token_format=jwtrfc'],
  ] as const) {
    say(`seen-tokens: ${format}`)
    const texts = await issueMany(service, clientId, query)
    const [first = ''] = texts
    kinds.push(await measureKind(`${format}, one token`, service, [first], rounds))
    kinds.push(await measureKind(`${format}, ${used} in turn`, service, texts, rounds))
  }
  await service.close()
  return { kinds }
}

async function issueMany(service: TokenService, clientId: string, query: string): Promise<string[]> {
  const texts: string[] = []
  while (texts.length < issued) {
    texts.push(...(await Promise.all(Array.from({ length: batchSize }, () => issue(service, clientId, query)))))
  }
  for (const text of texts) await service.oauth.validator.validate(text, application, service.oauth.clock.now())
  return texts.slice(-used)
}

async function measureKind(
  name: string,
  { oauth, authentication, authorizer }: TokenService,
  texts: readonly string[],
  rounds: number,
): Promise<SeenTokens> {
  const requests = texts.map(text => {
    const authorization = `Bearer ${text}`
    const rawHeaders = ['Host', 'localhost', 'authorization', authorization, 'content-type', 'text/plain']
    return { headers: { authorization }, rawHeaders } as unknown as IncomingMessage
  })
  const validate = (index: number) => oauth.validator.validate(texts[index] ?? '', application, oauth.clock.now())
  const call = (index: number) => {
    const checked = authentication.check(requests[index] as IncomingMessage, application)
    if (checked instanceof Promise || checked.refusal) throw new Error('Expected a token that was seen, found another')
    return authorizer.hasRole(checked.principal.user, application, role)
  }
  await call(0)
  const times = { validate: [] as number[], call: [] as number[] }
  for (let round = 0; round <= rounds * 4; round++) {
    times.validate.push(microseconds(validate, texts.length))
    times.call.push(microseconds(call, texts.length))
  }
  return { name, validateUs: median(times.validate.slice(1)), callUs: median(times.call.slice(1)) }
}

/** Processor time of one call. */
function microseconds(work: (index: number) => unknown, count: number): number {
  const began = process.cpuUsage()
  for (let call = 0; call < callsPerRound; call++) work(call % count)
  const { user, system } = process.cpuUsage(began)
  return (user + system) / callsPerRound
}
