/**
 * The masks that the inference process keeps of its last answers, so that a follow-up question names the mask that it
 * builds on: 256 kB less to pack, send and unpack while somebody waits. Nothing depends on them: the client has the
 * logits and sends them where the process keeps none. Both sides count jobs, so the client knows what is kept.
 */
import type { Candidate } from '../../common/segmentation.ts'

/** A candidate of an answer to a job of the same process. */
export interface KeptMask {
  readonly job: number
  readonly index: number
}

/** Jobs after which the masks of one are forgotten; each has up to 1 MB. */
const KEPT_JOBS = 4

/** The process's side. */
export interface MaskKeep {
  /** Forgets what is too old at a job. */
  begin(job: number): void
  keep(job: number, candidates: readonly Candidate[]): void
  /** @returns logits [256 * 256] @throws Error when they are not kept */
  logitsOf(mask: KeptMask): Candidate['logits']
}

export const createMaskKeep = (): MaskKeep => {
  const kept = new Map<number, readonly Candidate[]>()
  return {
    begin(job) {
      for (const old of kept.keys()) if (job - old > KEPT_JOBS) kept.delete(old)
    },
    keep(job, candidates) {
      kept.set(job, [...(kept.get(job) ?? []), ...candidates])
    },
    logitsOf({ job, index }) {
      const found = kept.get(job)?.find((candidate) => candidate.index === index)
      if (found === undefined) throw new Error(`Mask ${index} of job ${job} is not kept.`)
      return found.logits
    },
  }
}

/** The client's side: which of the arrays that it was given the process still keeps. */
export interface MaskNames {
  answered(job: number, candidates: readonly Candidate[]): void
  /** Null when the process does not keep these very logits at `job`. */
  nameOf(logits: Float32Array, job: number): KeptMask | null
  /** The process is gone. */
  forget(): void
}

export const createMaskNames = (): MaskNames => {
  let names = new WeakMap<Float32Array, KeptMask>()
  return {
    answered(job, candidates) {
      for (const { logits, index } of candidates) names.set(logits, { job, index })
    },
    nameOf(logits, job) {
      const name = names.get(logits)
      return name !== undefined && job - name.job <= KEPT_JOBS ? name : null
    },
    forget() {
      names = new WeakMap()
    },
  }
}
