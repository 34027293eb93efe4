import { type Call, tokenUrl } from './call.ts'

/** The call for ABAP (`CL_HTTP_CLIENT`), as a report. */
export function abapSnippet(call: Call): string {
  const { origin, clientId, method, path, headers } = call
  return `REPORT z_call_flow.

PARAMETERS p_secret TYPE c LENGTH 255 LOWER CASE OBLIGATORY. " The secret of the client

DATA: lo_client TYPE REF TO if_http_client,
      lv_json   TYPE string,
      lv_token  TYPE string,
      lv_status TYPE i.

cl_http_client=>create_by_url(
  EXPORTING url    = ${literal(tokenUrl(call))}
  IMPORTING client = lo_client ).
lo_client->propertytype_logon_popup = if_http_client=>co_disabled.
lo_client->request->set_method( 'POST' ).
lo_client->authenticate( username = ${literal(clientId)} password = CONV string( p_secret ) ).
lo_client->send( ).
lo_client->receive( ).
lv_json = lo_client->response->get_cdata( ).
FIND REGEX '"access_token":"([^"]+)"' IN lv_json SUBMATCHES lv_token.
ASSERT sy-subrc = 0.
lo_client->close( ).

cl_http_client=>create_by_url(
  EXPORTING url    = ${literal(origin + path)}
  IMPORTING client = lo_client ).
lo_client->propertytype_logon_popup = if_http_client=>co_disabled.
lo_client->request->set_method( ${literal(method)} ).
lo_client->request->set_header_field( name = 'Authorization' value = |Bearer { lv_token }| ).
${headers.map(({ name, value }) => `lo_client->request->set_header_field( name = ${literal(name)} value = ${literal(value)} ).\n`).join('')}${body(call.body)}lo_client->send( ).
lo_client->receive( ).
lo_client->response->get_status( IMPORTING code = lv_status ).
WRITE: / lv_status.
WRITE: / lo_client->response->get_cdata( ).
lo_client->close( ).
`
}

function body(value: Call['body']): string {
  if (!value) return ''
  if ('text' in value) return `lo_client->request->set_cdata( ${literal(value.text)} ).\n`
  return `DATA: lt_file TYPE solix_tab,
      lv_size TYPE i,
      lv_body TYPE xstring.
cl_gui_frontend_services=>gui_upload(
  EXPORTING filename   = ${literal(value.fileName)}
            filetype   = 'BIN'
  IMPORTING filelength = lv_size
  CHANGING  data_tab   = lt_file ).
CALL FUNCTION 'SCMS_BINARY_TO_XSTRING'
  EXPORTING input_length = lv_size
  IMPORTING buffer       = lv_body
  TABLES    binary_tab   = lt_file.
lo_client->request->set_data( lv_body ).
`
}

/** A string template; long texts as several, because a line of ABAP has at most 255 characters. */
function literal(text: string): string {
  const parts = text.match(/[\s\S]{1,100}/gu) ?? ['']
  return parts.map(part => `|${part.replace(/[\\|{}\n\r\t]/g, escaped)}|`).join(' &&\n    ')
}

function escaped(character: string): string {
  return { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character] ?? `\\${character}`
}
