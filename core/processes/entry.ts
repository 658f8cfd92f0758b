/** Where the code of a child process or a thread lies, in the sources and in each bundle of them. */

/**
 * @param source path from the module that asks to the entry's source
 * @param bundle the entry's name in a bundle, where all files lie in one folder
 * @param from `import.meta.url` of the module that asks
 */
export const entryOf = (source: string, bundle: string, from: string): URL =>
  new URL(from.endsWith('.ts') ? source : `./${bundle}`, from)
