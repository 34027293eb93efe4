/**
 * How long one compilation of a script or a stylesheet may take, in milliseconds, whatever a call may: large stylesheets, of
 * thousands of templates, take half a minute in SaxonJS.
 */
export const compileMsMax = 120_000
