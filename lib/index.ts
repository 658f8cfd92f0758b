/** What `import ... from 'maskwright'` gives. */
export { SAM } from './sam.ts'
export type * from './types.ts'
