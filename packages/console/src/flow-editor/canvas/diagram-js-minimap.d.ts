declare module 'diagram-js-minimap' {
  /** Module of a diagram. */
  const minimap: Record<string, unknown>
  export default minimap
}
