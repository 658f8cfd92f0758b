/** What crosses between the runner and the process under test. */

/** A seed, or the name of a kept case. */
export type CaseId = number | string

export interface ToProcess {
  readonly id: CaseId
}

export type FromProcess =
  | { readonly type: 'ready' }
  | {
      readonly type: 'done'
      readonly id: CaseId
      readonly about: string
      readonly faults: readonly string[]
      /** Answers that were values, and answers that were refusals. */
      readonly values: number
      readonly refusals: number
      /** The most memory that the process has had, bytes. */
      readonly rss: number
    }
