import { choice, defineAdapter, flag, tab, table, text, when, wholeNumber } from '@sluice/iflow'
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
        ComponentNS: 'com.sap.it.ide.mail.ui.namespace2',
        ComponentSWCVId: 'com.sap.it.ide.mail.ui.archive2',
        ComponentSWCVName: 'com.sap.it.ide.mail.ui.archive2',
        MessageProtocolVersion: '1.0',
        TransportProtocolVersion: '1.0',
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
      ...tab('Connection', {
        server: text(
          'Address',
          'Host and port of the mail server, as in `smtp.example.com:587`. Port 25 when none is given, 465 for SMTPS.',
          { default: '' },
        ),
        proxyType: choice(
          'Proxy Type',
          'How the mail server is reached.',
          {
            none: ['None', 'Directly.'],
            sapcc: [
              'On-Premise',
              'On premise: directly, too. There is no Cloud Connector in between, so the address is the real one.',
            ],
          },
          { default: 'none' },
        ),
        timeout: wholeNumber(
          'Timeout (in ms)',
          'Milliseconds that the server may be silent, also until there is a connection.',
          { default: 30_000, min: 1, max: 300_000 },
        ),
        ssl: choice(
          'Protection',
          'Whether the connection is encrypted.',
          {
            off: ['Off', 'Never.'],
            starttls_optional: ['STARTTLS Optional', 'When the server offers STARTTLS.'],
            starttls_mandatory: ['STARTTLS Mandatory', 'By STARTTLS; a server that does not offer it gets no mail.'],
            smtps: ['SMTPS', 'From the start.'],
          },
          { default: 'off' },
        ),
        auth: choice(
          'Authentication',
          'How the flow shows who it is.',
          {
            none: ['None', 'Not at all.'],
            loginPlain: ['Plain User Name/Password', 'By user and password as they are.'],
            loginEncrypted: ['Encrypted User/Password', 'By user and a digest of the password (CRAM-MD5).'],
          },
          { default: 'none' },
        ),
        ...when('auth', ['loginPlain', 'loginEncrypted'], {
          user: text('Credential Name', 'Name of the user credentials.', { default: '', names: 'credential' }),
        }),
      }),
      ...tab('Processing', {
        from: text('From', `Who sends. ${addresses}`, { default: '', expression: 'simple' }),
        to: text('To', `Who gets the mail. ${addresses}`, { default: '', expression: 'simple' }),
        cc: text('Cc', `Who gets it, too. ${addresses}`, { default: '', expression: 'simple' }),
        bcc: text('Bcc', `Who gets it without the others seeing. ${addresses}`, { default: '', expression: 'simple' }),
        subject: text('Subject', `The subject. ${simple}`, { default: '', expression: 'simple' }),
        body: text('Mail Body', `The text of the mail. ${simple}`, {
          default: '${in.body}',
          expression: 'simple',
          multiline: true,
        }),
        content_type: text('Body MIME Type', 'Media type of the text.', {
          default: 'text/plain',
          usual: ['text/plain', 'text/html', 'text/csv', 'application/xml', 'application/json'],
        }),
        content_encoding: text('Body Encoding', 'Charset of the text; characters that it lacks become `?`.', {
          default: 'UTF-8',
          usual: ['UTF-8', 'windows-1252', 'US-ASCII', 'ISO-8859-1'],
        }),
        attachments: table('Attachments', 'Files that go with the mail.', {
          'attachment.name': { label: 'Name', doc: `Name of the file. ${simple}` },
          'attachment.type': { label: 'MIME Type', doc: 'Its media type.' },
          'attachment.source': {
            label: 'Source',
            doc: 'Where its content is.',
            choices: { Body: 'The body of the message.', Header: 'A header of the message.' },
          },
          'attachment.value': { label: 'Header Name', doc: 'The name of the header.' },
        }),
        keep_attachments: flag('Add Message Attachments', "Whether the message's attachments go with the mail.", {
          default: false,
          fresh: '0',
        }),
        attachmentTransferEncoding: choice(
          'Content Transfer Encoding',
          'How attachments are written.',
          {
            auto: ['Automatic', 'Base64.'],
            '7bit': ['7Bit', 'As they are where they are short lines of ASCII, else Base64.'],
            '8bit': ['8Bit', 'As `7bit`.'],
            base64: ['Base64', 'Base64.'],
            binary: ['Binary', 'As `7bit`.'],
            'quoted-printable': ['Quoted-Printable', 'Quoted-printable.'],
          },
          { default: 'auto' },
        ),
      }),
      ...tab('Security', {
        'encrypt.type': choice(
          'Signature and Encryption Type',
          'Signature and encryption.',
          { none: ['None', 'Neither; S/MIME is not supported.'] },
          { default: 'none' },
        ),
      }),
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
