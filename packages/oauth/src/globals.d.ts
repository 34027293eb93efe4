/**
 * Every global outside ECMAScript that this package may use. The list is the package's powers: base64 and nothing that
 * reaches the machine. It is compiled without `dom` and `node` types.
 */

/** Throws for what is not base64. */
declare function atob(text: string): string
declare function btoa(binary: string): string
