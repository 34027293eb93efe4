export { ODataError, type ODataErrorCode, odataErrors } from './error.ts'
export type * from './filter.ts'
