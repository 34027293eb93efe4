import { defineStep } from '../compile/step.ts'
import { archiveOperation, archiveProps, filesOfZip } from './splitter/file-parts.ts'

/** `a.xml` and `in/b.txt`. */
const archive =
  'UEsDBBQAAAgIAC15blrUHNEBBgAAAAQAAAAFAAAAYS54bWyzSdS3AwBQSwMEFAAACAgALXluWvnvvnEDAAAAAQAAAAgAAABpbi9iLnR4dEsCAFBLAQIUABQAAAgIAC15blrUHNEBBgAAAAQAAAAFAAAAAAAAAAAAAAAAAAAAAABhLnhtbFBLAQIUABQAAAgIAC15blr5775xAwAAAAEAAAAIAAAAAAAAAAAAAAAAACkAAABpbi9iLnR4dFBLBQYAAAAAAgACAGkAAABSAAAAAAA='

export const zipSplitter = defineStep({
  type: 'ZipSplitter',
  label: 'Zip Splitter',
  doc: [
    'Splits a ZIP archive and runs what follows for each of its files, up to the Gather that belongs to it or the end of the',
    'path. The file is the body, its name with folders header `CamelFileName`. Files are read one after the other. Other',
    'bytes and damaged archives fail the step; so do archives that unpack to more than they can in earnest.',
    'Without a Gather the message after the split is the one before it. When there is no file, the path ends. Properties',
    '`CamelSplitIndex` (from 0), `CamelSplitComplete` and, for the last part, `CamelSplitSize` tell a part its place.',
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Routing',
  element: { version: '1.0.0', properties: { activityType: 'Splitter', splitType: 'ZipSplitter' } },
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
  compile: (props, context) => archiveOperation(filesOfZip, props, context),
})
