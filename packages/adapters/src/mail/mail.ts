import { choice, defineAdapter, flag, table, text, wholeNumber } from '@sluice/iflow'
import { compileReceiver } from './receiver.ts'

const simple = 'May hold Simple expressions.'
const addresses = `Addresses, separated by \`,\` or \`;\`, each \`a@b\` or \`Name <a@b>\`. ${simple}`

export const mail = defineAdapter({
  type: 'Mail',
  label: 'Mail',
  doc: 'E-mail to people and other systems, over SMTP.',
  receiver: {
    doc: [
      'Sends a mail for each message and waits until the mail server has taken it. The message stays as it is; behind a',
      'Request Reply, header `CamelMailMessageId` has the ID of the mail. Sender, recipients and subject are those of the channel: headers of',
      'the message do not change them. Certificates of servers are verified. A server that cannot be reached, is silent for',
      'too long or refuses the mail or one of its recipients fails the step.',
    ].join(' '),
    versions: { from: '1.0', to: '1.11' },
    channel: {
      version: '1.11.0',
      transportProtocol: 'SMTP',
      messageProtocol: 'None',
      properties: {
        proxyHost: '',
        proxyPort: '8080',
        proxyProtocol: 'socks5',
        proxyAlias: '',
        locationId: '',
        tokenCredential: '',
        'encrypt.smime.algorithm': 'aes',
        'encrypt.smime.aes.keysize': '128',
        'encrypt.smime.aes.gcm.keysize': '128',
        'encrypt.smime.des.keysize': '128',
        'encrypt.smime.keys': '',
        'signature.smime.clearText': '1',
        'signature.smime.table': '',
      },
    },
    props: {
      server: text(
        'Host and port of the mail server, as in `smtp.example.com:587`. Port 25 when none is given, 465 for SMTPS.',
        {
          default: '',
        },
      ),
      proxyType: choice(
        'How the mail server is reached.',
        {
          none: 'Directly.',
          sapcc: 'On premise: directly, too. There is no Cloud Connector in between, so the address is the real one.',
        },
        { default: 'none' },
      ),
      timeout: wholeNumber('Milliseconds that the server may be silent, also until there is a connection.', {
        default: 30_000,
        min: 1,
        max: 300_000,
      }),
      ssl: choice(
        'Whether the connection is encrypted.',
        {
          off: 'Never.',
          starttls_optional: 'When the server offers STARTTLS.',
          starttls_mandatory: 'By STARTTLS; a server that does not offer it gets no mail.',
          smtps: 'From the start.',
        },
        { default: 'off' },
      ),
      auth: choice(
        'How the flow shows who it is.',
        {
          none: 'Not at all.',
          loginPlain: 'By user and password as they are.',
          loginEncrypted: 'By user and a digest of the password (CRAM-MD5).',
        },
        { default: 'none' },
      ),
      user: text('Name of the user credentials.', { default: '' }),
      from: text(`Who sends. ${addresses}`, { default: '' }),
      to: text(`Who gets the mail. ${addresses}`, { default: '' }),
      cc: text(`Who gets it, too. ${addresses}`, { default: '' }),
      bcc: text(`Who gets it without the others seeing. ${addresses}`, { default: '' }),
      subject: text(`The subject. ${simple}`, { default: '' }),
      body: text(`The text of the mail. ${simple}`, { default: '${in.body}' }),
      content_type: text('Media type of the text.', { default: 'text/plain' }),
      content_encoding: text('Charset of the text; characters that it lacks become `?`.', { default: 'UTF-8' }),
      attachments: table('Files that go with the mail.', {
        'attachment.name': `Name of the file. ${simple}`,
        'attachment.type': 'Its media type.',
        'attachment.source': '`Body` or `Header` of the message.',
        'attachment.value': 'The name of the header.',
      }),
      keep_attachments: flag("Whether the message's attachments go with the mail.", { default: false }),
      attachmentTransferEncoding: choice(
        'How attachments are written.',
        {
          auto: 'Base64.',
          '7bit': 'As they are where they are short lines of ASCII, else Base64.',
          '8bit': 'As `7bit`.',
          base64: 'Base64.',
          binary: 'As `7bit`.',
          'quoted-printable': 'Quoted-printable.',
        },
        { default: 'auto' },
      ),
      'encrypt.type': choice(
        'Signature and encryption.',
        { none: 'Neither; S/MIME is not supported.' },
        { default: 'none' },
      ),
    },
    compile: compileReceiver,
  },
  examples: [
    {
      title: 'Tell somebody about a failure',
      direction: 'Receiver',
      properties: {
        server: 'smtp.example.com:587',
        ssl: 'starttls_mandatory',
        auth: 'loginPlain',
        user: 'mail',
        from: 'Sluice <sluice@example.com>',
        to: 'operators@example.com',
        subject: '${camelId} failed',
        body: '${exception.message}',
      },
    },
    {
      title: 'Send the message as a file',
      direction: 'Receiver',
      properties: {
        server: 'mail.example.com',
        from: 'sluice@example.com',
        to: '${property.recipient}',
        subject: 'Orders of ${date:now:yyyy-MM-dd}',
        body: 'Please find the orders attached.',
        attachments:
          "<row><cell id='attachment.name'>orders.csv</cell><cell id='attachment.type'>text/csv</cell><cell id='attachment.source'>Body</cell><cell id='attachment.value'></cell></row>",
      },
    },
  ],
})
