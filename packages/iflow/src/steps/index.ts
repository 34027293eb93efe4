import type { Step } from '../compile/step.ts'
import { aggregator } from './aggregator.ts'
import { base64Decode } from './base64-decode.ts'
import { base64Encode } from './base64-encode.ts'
import { contentEnricher } from './content-enricher.ts'
import { contentModifier } from './content-modifier.ts'
import { csvToXml } from './csv-to-xml.ts'
import { dataStoreDelete } from './data-store-delete.ts'
import { dataStoreGet } from './data-store-get.ts'
import { dataStoreSelect } from './data-store-select.ts'
import { dataStoreWrite } from './data-store-write.ts'
import { errorEnd } from './error-end.ts'
import { errorStart } from './error-start.ts'
import { escalationEnd } from './escalation-end.ts'
import { filter } from './filter.ts'
import { gather } from './gather.ts'
import { generalSplitter } from './general-splitter.ts'
import { groovyScript } from './groovy-script.ts'
import { gzipCompress } from './gzip-compress.ts'
import { gzipDecompress } from './gzip-decompress.ts'
import { idempotentProcessCall } from './idempotent-process-call.ts'
import { idocSplitter } from './idoc-splitter.ts'
import { iteratingSplitter } from './iterating-splitter.ts'
import { javaScript } from './javascript.ts'
import { join } from './join.ts'
import { jsonToXml } from './json-to-xml.ts'
import { localProcessCall } from './local-process-call.ts'
import { loopingProcessCall } from './looping-process-call.ts'
import { messageDigest } from './message-digest.ts'
import { messageEnd } from './message-end.ts'
import { messageMapping } from './message-mapping.ts'
import { messageStart } from './message-start.ts'
import { mimeMultipartDecode } from './mime-multipart-decode.ts'
import { mimeMultipartEncode } from './mime-multipart-encode.ts'
import { noneEnd } from './none-end.ts'
import { noneStart } from './none-start.ts'
import { parallelMulticast } from './parallel-multicast.ts'
import { persist } from './persist.ts'
import { requestReply } from './request-reply.ts'
import { router } from './router.ts'
import { send } from './send.ts'
import { sequentialMulticast } from './sequential-multicast.ts'
import { tarSplitter } from './tar-splitter.ts'
import { terminateEnd } from './terminate-end.ts'
import { timerStart } from './timer-start.ts'
import { writeVariables } from './write-variables.ts'
import { xmlModifier } from './xml-modifier.ts'
import { xmlToCsv } from './xml-to-csv.ts'
import { xmlToJson } from './xml-to-json.ts'
import { xmlValidator } from './xml-validator.ts'
import { xsltMapping } from './xslt-mapping.ts'
import { zipCompress } from './zip-compress.ts'
import { zipDecompress } from './zip-decompress.ts'
import { zipSplitter } from './zip-splitter.ts'

/** Every type of step, sorted by the name of its declaration. */
export const steps: readonly Step[] = [
  aggregator,
  base64Decode,
  base64Encode,
  contentEnricher,
  contentModifier,
  csvToXml,
  dataStoreDelete,
  dataStoreGet,
  dataStoreSelect,
  dataStoreWrite,
  errorEnd,
  errorStart,
  escalationEnd,
  filter,
  gzipCompress,
  gzipDecompress,
  jsonToXml,
  gather,
  generalSplitter,
  groovyScript,
  idocSplitter,
  idempotentProcessCall,
  iteratingSplitter,
  javaScript,
  join,
  localProcessCall,
  loopingProcessCall,
  messageDigest,
  messageEnd,
  messageMapping,
  messageStart,
  mimeMultipartDecode,
  mimeMultipartEncode,
  noneEnd,
  noneStart,
  parallelMulticast,
  persist,
  requestReply,
  router,
  send,
  sequentialMulticast,
  tarSplitter,
  terminateEnd,
  timerStart,
  writeVariables,
  xmlModifier,
  xmlToCsv,
  xmlToJson,
  xmlValidator,
  xsltMapping,
  zipCompress,
  zipDecompress,
  zipSplitter,
]
