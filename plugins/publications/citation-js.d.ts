// The packages of citation-js carry no types; these are the few exports used here, as their 0.8.2 sources have them.
declare module '@citation-js/core' {
  export const plugins: {
    input: {
      /** Parses `input` as the named type, with no guessing and no network. */
      data(input: unknown, type: string): unknown
    }
    config: {
      get(plugin: string): unknown
    }
  }
}
declare module '@citation-js/plugin-bibtex' {}
declare module '@citation-js/plugin-ris' {}
declare module '@citation-js/plugin-csl' {}
