/** What is fuzzed: a way into the program, as one object. */
import type { Entry, Place } from './place.ts'
import type { Random } from './random.ts'

/** What a stranger sends. */
export interface Case {
  /** What was done to which seed, in a few words. */
  readonly about: string
  /** By paths under the top of the place: `home/shared/...` or `data/...`. With none the place stays as it is. */
  readonly files: ReadonlyMap<string, Entry>
  /** What is sent otherwise than by a file. */
  readonly sent?: readonly Uint8Array[]
}

/** Collects what the program answers in a case, and what is wrong with it. */
export interface Answers {
  /** Runs a part of the case; null when it was refused. Its value or its error is judged. */
  ask<T>(what: string, work: () => Promise<T> | T): Promise<T | null>
  /** Says what is wrong beside values and errors. */
  fault(what: string): void
}

export interface Session<C extends Case> {
  run(given: C, answers: Answers): Promise<void>
  close(): Promise<void>
}

export interface Target<C extends Case = Case> {
  readonly name: string
  /** What was wrong once, and what is known to be hard: tried in each run before anything else. */
  readonly kept: Readonly<Record<string, () => C>>
  /** Formats that it takes turns with, each as often as the others; 1 when left out. */
  readonly kinds?: number
  make(random: Random): C
  /** Whether the program may write there. @param path under the top of the place */
  mayChange(path: string): boolean
  /** In the process under test. */
  start(place: Place): Promise<Session<C>> | Session<C>
}
