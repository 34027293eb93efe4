import { type AdapterContext, Failure, type MailLogin, type MailServer, type Ports, type Receiver } from '@sluice/iflow'
import { compileMail, type MessageProps } from './message.ts'
import { readServerAddress } from './server-address.ts'

/** The values of a channel's properties. */
export interface ReceiverProps extends MessageProps {
  readonly server: string
  readonly ssl: 'off' | 'starttls_optional' | 'starttls_mandatory' | 'smtps'
  readonly proxyType: string
  readonly timeout: number
  readonly auth: 'none' | 'loginPlain' | 'loginEncrypted'
  readonly user: string
  readonly 'encrypt.type': 'none'
}

const protections: Readonly<Record<ReceiverProps['ssl'], MailServer['protection']>> = {
  off: 'off',
  starttls_optional: 'starttls-optional',
  starttls_mandatory: 'starttls-mandatory',
  smtps: 'smtps',
}

/** Compiles a channel to one mail for each message. The message stays as it is. */
export async function compileReceiver(props: ReceiverProps, context: AdapterContext): Promise<Receiver | undefined> {
  warn(props, context)
  const mailOf = await compileMail(props, context)
  const address = readServerAddress(props.server, props.ssl)
  return (
    mailOf &&
    (async (exchange, scope) => {
      if (address === undefined) throw new Failure(`Expected ${serverProblem(props)}.`, { code: 'receiver' })
      const mail = mailOf(exchange, scope)
      const login = await loginOf(props, scope.ports)
      const server = { ...address, protection: protections[props.ssl], login, timeoutMs: props.timeout }
      const { messageId } = await scope.ports.mail.send(mail, server)
      exchange.headers.set('CamelMailMessageId', messageId)
      const recipients = [...mail.to, ...mail.cc].map(({ address }) => address).join(', ')
      scope.log.addAdapterAttribute({
        adapterId: 'Mail',
        adapterMessageId: messageId,
        name: 'Recipients',
        value: recipients,
      })
    })
  )
}

async function loginOf({ auth, user }: ReceiverProps, { credentials }: Ports): Promise<MailLogin | undefined> {
  if (auth === 'none') return undefined
  const found = await credentials.find(user.trim())
  if (found?.kind === 'user') {
    return { method: auth === 'loginPlain' ? 'plain' : 'encrypted', user: found.user, password: found.password }
  }
  const what = found === undefined ? 'none' : 'security material of another kind'
  throw new Failure(`Expected user credentials "${user}", found ${what}: deploy them under this name.`, {
    code: 'credential',
  })
}

/** What an author should look at although the flow can be deployed: values are often only known on the target system. */
function warn(props: ReceiverProps, { report }: AdapterContext): void {
  const { auth, proxyType, ssl, user } = props
  if (readServerAddress(props.server, ssl) === undefined) {
    report('incomplete-address', `Expected ${serverProblem(props)}: no mail can be sent.`, 'warning')
  }
  if (auth !== 'none' && user.trim() === '') {
    const message = `Expected property "user" for ${auth}, found nothing: no mail can be sent.`
    report('missing-credential', message, 'warning')
  }
  if (auth === 'loginPlain' && ssl === 'off') {
    const message = 'Expected an encrypted connection for a password in plain text, found "off": others can read it.'
    report('unprotected-password', message, 'warning')
  }
  if (proxyType === 'sapcc') {
    const message = 'Expected a system that is reached directly, found one behind a Cloud Connector: check the address.'
    report('no-cloud-connector', message, 'warning')
  }
}

function serverProblem({ server }: ReceiverProps): string {
  return `property "server" to be host:port of a mail server, found "${server.slice(0, 100)}"`
}
