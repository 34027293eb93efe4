/** A drawing of 24 by 16: lines, and what is filled. */
export interface Icon {
  readonly lines: readonly Line[]
  /** Path data of what is filled. */
  readonly filled?: string
  /** At most three letters instead. */
  readonly text?: string
  /** What the colour tells. */
  readonly tone: Tone
}

/** What a step does, as far as its colour tells. */
export type Tone = 'change' | 'call' | 'map' | 'route' | 'store' | 'secure' | 'check' | 'event' | 'other'

/** Path data, and where it is in the drawing. */
type Line = string | { readonly d: string; readonly x: number; readonly y: number }

const glyphs = {
  json: 'M3.5 0C2 0 2.5 2 2.5 3S2 5 .8 5C2 5 2.5 6 2.5 7S2 10 3.5 10M6.5 0C8 0 7.5 2 7.5 3S8 5 9.2 5C8 5 7.5 6 7.5 7S8 10 6.5 10',
  xml: 'M3.5 1.5 .8 5l2.7 3.5M6.5 1.5 9.2 5 6.5 8.5',
  csv: 'M.8 1h8.4v8H.8zM.8 3.7h8.4M.8 6.3h8.4M4 1v8',
  edi: 'M1 2h8M1 5h5M1 8h8M8 4v2',
  document: 'M1.5 0h5l3 3v9h-8zM6.5 0v3h3',
  arrow: 'M0 2.5h4M2.5 .8 4.2 2.5 2.5 4.2',
  cylinder: 'M0 2c0-2.7 10-2.7 10 0v9c0 2.7-10 2.7-10 0zM0 2c0 2.7 10 2.7 10 0',
  process: 'M0 1.5a1.5 1.5 0 0 1 1.5-1.5h9a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-9a1.5 1.5 0 0 1-1.5-1.5z',
  archive: 'M0 0h12v3.5H0zM1 3.5v8.5h10V3.5M6 0v2M6 5v1M6 7.5v1',
  lock: 'M0 5h10v7H0zM2 5V3a3 3 0 0 1 6 0v2M5 8v2',
} as const

const at = (d: string, x: number, y: number): Line => ({ d, x, y })

/** From one format to another. */
function conversion(from: keyof typeof glyphs, to: keyof typeof glyphs): Icon {
  const lines = [at(glyphs[from], 0, 3), at(glyphs.arrow, 10, 5.5), at(glyphs[to], 14.2, 3)]
  return { lines, tone: 'change' }
}

const single = (tone: Tone, ...lines: readonly Line[]): Icon => ({ lines, tone })

const braces =
  'M9 1.5c-2 0-2 1.2-2 3S6.5 8 5 8c1.5 0 2 1.7 2 3.5s0 3 2 3M15 1.5c2 0 2 1.2 2 3S17.5 8 19 8c-1.5 0-2 1.7-2 3.5s0 3-2 3'
const mapping = 'M3.5 2h5v12h-5zM15.5 2h5v12h-5zM8.5 5h7M8.5 11l7-3M8.5 8l7 3'
const envelope = 'M5 3.5h14v9H5zM5 3.5l7 5 7-5'
const diamond = 'M12 .8 19.2 8 12 15.2 4.8 8z'
const splitter = single(
  'route',
  'M4 8h5M9 8l4-5h6M9 8h10M9 8l4 5h6M17.5 1.5 19.2 3l-1.7 1.5M17.5 6.5 19.2 8l-1.7 1.5M17.5 11.5l1.7 1.5-1.7 1.5',
)
const gather = single('route', 'M4 3h5l4 5M4 8h15M4 13h5l4-5M17 6l2.2 2L17 10')
const cylinderWith = (sign: string): Icon => single('store', at(glyphs.cylinder, 3.5, 1.5), at(sign, 15.5, 5))
const locked = (sign: string): Icon => single('secure', at(glyphs.lock, 4, 2), at(sign, 15.5, 5))
const archived = (sign: string): Icon => single('change', at(glyphs.archive, 3.5, 2), at(sign, 17, 5))
const [down, up] = ['M2.5 0v6M.5 4l2 2 2-2', 'M2.5 6V0M.5 2l2-2 2 2']
const called = (sign: string): Icon => single('call', at(glyphs.process, 6, 2), sign)
const signed = single('secure', at(glyphs.document, 5, 2), 'M15.5 11.5l1.5 1.5 3-4')

/** By the name in `cmdVariantUri`; events and gateways by theirs, too. */
const icons: Readonly<Record<string, Icon>> = {
  Aggregator: single(
    'route',
    'M4 3h6l3 5M4 8h9M4 13h6l3-5',
    'M13 8a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0M16.5 6v2.2l1.5 1',
  ),
  'Base64 Decode': { lines: [], text: '64→', tone: 'change' },
  'Base64 Encode': { lines: [], text: '→64', tone: 'change' },
  contentEnricherWithLookup: single('call', at(glyphs.document, 4, 2), 'M16.5 5v6M13.5 8h6'),
  PollEnrich: single('call', at(glyphs.document, 4, 2), 'M20 8h-6M16 6l-2 2 2 2'),
  Enricher: single('change', at(glyphs.document, 4, 2), 'M20 4.5l-6.5 6.5-.7 2.7 2.7-.7L22 6.5z'),
  CsvToXmlConverter: conversion('csv', 'xml'),
  XmlToCsvConverter: conversion('xml', 'csv'),
  JsonToXmlConverter: conversion('json', 'xml'),
  XmlToJsonConverter: conversion('xml', 'json'),
  EDItoXMLConverter: conversion('edi', 'xml'),
  XMLtoEDIConverter: conversion('xml', 'edi'),
  delete: cylinderWith('M.5 .5l5 5M5.5 .5l-5 5'),
  get: cylinderWith(up),
  select: cylinderWith('M0 2.5a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M4.3 4.3 6.5 6.5'),
  put: cylinderWith(down),
  Persist: single('store', 'M5.5 1.5h10.5l2.5 2.5v10.5h-13zM8.5 1.5v4h6v-4M8 14.5v-5.5h8v5.5'),
  Variables: {
    lines: ['M8 1.5C5.5 5 5.5 11 8 14.5M16 1.5c2.5 3.5 2.5 9.5 0 13M9.5 5.5l5 5M14.5 5.5l-5 5'],
    tone: 'store',
  },
  Filter: single('change', 'M5.5 2.5h13L13.5 9v4.5l-3 1.5V9z'),
  'GZIP Compress': archived(down),
  'GZIP Decompress': archived(up),
  'ZIP Compress': archived(down),
  'ZIP Decompress': archived(up),
  Gather: gather,
  Join: gather,
  GeneralSplitter: splitter,
  IteratingSplitter: splitter,
  Camel: splitter,
  IDoc: splitter,
  EDISplitter: splitter,
  TarSplitter: splitter,
  ZipSplitter: splitter,
  GroovyScript: single('change', braces, 'M12 5.5v5M9.8 8h4.4'),
  JavaScript: single('change', braces, 'M12.8 5.5v4c0 1.2-1.6 1.2-1.8 0'),
  IdempotentProcessCall: called('M9.5 8l2 2 3.5-4'),
  NonLoopingProcess: called('M10.5 5.5v5l4-2.5z'),
  LoopingProcess: called('M14.5 6.5a3 3 0 1 0 .5 2.5M15 4.5v2.3h-2.3'),
  ExternalCall: single('call', 'M4 5.5h15M16.5 3l2.5 2.5L16.5 8M20 10.5H5M7.5 8 5 10.5 7.5 13'),
  Send: single('call', 'M4 8.5 20 2l-4 12-4-4.5zM12 9.5 20 2M12 9.5V14l2-2'),
  MessageDigest: single('secure', 'M9.5 2 8 14M15.5 2 14 14M5.5 5.5h14M4.5 10.5h14'),
  MessageMapping: single('map', mapping),
  XSLTMapping: single('map', at(glyphs.xml, 2.5, 3), 'M14 3.5l7 9M21 3.5l-7 9'),
  Mapping: single('map', mapping),
  OperationMapping: single('map', 'M3.5 2h5v5h-5zM3.5 9h5v5h-5zM15.5 5.5h5v5h-5zM8.5 4.5l7 3M8.5 11.5l7-3'),
  'MIME Multipart Message Decode': single('change', envelope, 'M12 9v4.5M10.3 12l1.7 1.7 1.7-1.7'),
  'MIME Multipart Message Encode': single('change', envelope, 'M12 13.5V9M10.3 10.5 12 8.8l1.7 1.7'),
  XmlModifier: single('change', at(glyphs.xml, 2.5, 3), 'M20 3.5l-5.5 6-.8 2.5 2.5-.8L22 5.5z'),
  XmlValidator: single('check', at(glyphs.document, 4, 2), 'M14.5 9l2 2 4-5'),
  EDIExtractor: single('change', at(glyphs.document, 4, 2), 'M20 8h-6M18 6l2 2-2 2'),
  ExclusiveGateway: single('route', diamond, 'M9.5 5.5l5 5M14.5 5.5l-5 5'),
  Multicast: single('route', diamond, 'M12 4.5v7M8.5 8h7'),
  SequentialMulticast: single('route', diamond, 'M9.5 5.5h5M9.5 8h5M9.5 10.5h5'),
  PgpEncrypt: locked(down),
  PgpDecrypt: locked(up),
  Encryptor: locked(down),
  Decryptor: locked(up),
  SignMessage: signed,
  SimpleSignMessage: signed,
  XMLDigitalSignMessage: signed,
  VerifyMessage: signed,
  XMLDigitalVerifyMessage: signed,
  MessageStartEvent: single('event', envelope),
  MessageEndEvent: single('event', envelope),
  StartEvent: single('event', 'M6 8a6 6 0 1 0 12 0 6 6 0 1 0-12 0'),
  EndEvent: single(
    'event',
    'M6.5 8a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0M7.8 8a4.2 4.2 0 1 0 8.4 0 4.2 4.2 0 1 0-8.4 0',
  ),
  intermediatetimer: single('event', 'M6 8a6 6 0 1 0 12 0 6 6 0 1 0-12 0M12 4.5V8l2.5 1.8'),
  TimerStartEvent: single('event', 'M6 8a6 6 0 1 0 12 0 6 6 0 1 0-12 0M12 4.5V8l2.5 1.8'),
  ErrorStartEvent: single('event', 'M7 13.5 10 3l4 6.5L17 3l-3 10.5-4-6.5z'),
  ErrorEndEvent: single('event', 'M7 13.5 10 3l4 6.5L17 3l-3 10.5-4-6.5z'),
  EscalationEndEvent: single('event', 'M12 2.5l4 11-4-4-4 4z'),
  TerminateEndEvent: { lines: [], filled: 'M7 8a5 5 0 1 0 10 0 5 5 0 1 0-10 0', tone: 'event' },
  EndpointSender: single('other', 'M4.5 2.5h15v9h-15zM9 14.5h6M12 11.5v3M8 7h7M13 5l2 2-2 2'),
  EndpointRecevier: single('other', 'M4.5 2.5h15v9h-15zM9 14.5h6M12 11.5v3M16 7H9M11 5 9 7l2 2'),
  IntegrationProcess: single('other', at('M0 0h18v12H0zM3.5 0v12', 3, 2), 'M10 8h7M15 6l2 2-2 2'),
  LocalIntegrationProcess: single('other', at('M0 0h18v12H0zM3.5 0v12', 3, 2), 'M9 8h2M12.5 8h2M16 8h2'),
  ErrorEventSubProcessTemplate: single('other', at(glyphs.process, 6, 2), 'M9 11l1.8-6 2.4 4L15 5l-1.8 6-2.4-4z'),
}

const unknown = single('other', 'M6 2.5h12v11H6zM9 6h6M9 9.5h6')

/** The drawing for a step: by the name of its variant, such as `Enricher`. */
export function iconOf(variant: string): Icon {
  return icons[variant] ?? unknown
}
