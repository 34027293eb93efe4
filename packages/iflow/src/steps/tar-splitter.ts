import { defineStep } from '../compile/step.ts'
import { encodeBase64 } from '../formats/base64.ts'
import { makeTar } from '../formats/tar.ts'
import { archiveOperation, archiveProps, filesOfTar } from './splitter/file-parts.ts'

/** A TAR archive is mostly zeros: here its files are written out. */
const archive = encodeBase64(
  makeTar(
    [
      { name: 'a.xml', bytes: new TextEncoder().encode('<a/>') },
      { name: 'in/b.txt', bytes: new TextEncoder().encode('b') },
    ],
    0,
  ),
)

export const tarSplitter = defineStep({
  type: 'TarSplitter',
  label: 'Tar Splitter',
  doc: [
    'Splits a TAR archive and runs what follows for each of its files, up to the Gather that belongs to it or the end of the',
    'path. The file is the body, its name with folders header `CamelFileName`. Files are read one after the other. Other',
    'bytes and damaged archives fail the step.',
    'Without a Gather the message after the split is the one before it. When there is no file, the path ends. Properties',
    '`CamelSplitIndex` (from 0), `CamelSplitComplete` and, for the last part, `CamelSplitSize` tell a part its place.',
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Routing',
  element: { version: '1.0.0', properties: { activityType: 'Splitter', splitType: 'TarSplitter' } },
  leaves: 'one',
  branching: 'splits',
  props: archiveProps,
  examples: [
    {
      title: 'Every file',
      partReplies: '[${header.CamelFileName}: ${in.body}]',
      input: { bytes: archive },
      output: { body: '[a.xml: <a/>][in/b.txt: b]' },
    },
    {
      title: 'Files of one kind',
      properties: { fileNamePattern: '*.xml' },
      partReplies: '[${in.body}]',
      input: { bytes: archive },
      output: { body: '[<a/>]' },
    },
    { title: 'Not an archive', input: { body: 'a' }, partReplies: '', status: 'FAILED', failure: 'decoding' },
  ],
  compile: (props, context) => archiveOperation(filesOfTar, props, context),
})
