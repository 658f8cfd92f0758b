/** A LabelSet of what a reader has: one whole file in memory, or one file an image. */
import { relative, sep } from 'node:path'
import { hasCode, messageOf } from '../../common/errors.ts'
import { readProblem, type LabelledImage, type LabelSet, type LoadedObjects } from './objects.ts'

type Told = Pick<LabelSet, 'format'> & Partial<Omit<LabelSet, 'format' | 'images'>>

const nothing = (): void => undefined

const setOf = (told: Told, images: readonly LabelledImage[]): LabelSet => ({
  classes: [],
  problems: [],
  notes: [],
  namesFrom: null,
  firstClass: null,
  parts: null,
  close: nothing,
  ...told,
  images,
})

/** Of images whose objects were read already; one without any was looked at. */
export const setOfRead = (told: Told, byName: ReadonlyMap<string, LoadedObjects>): LabelSet =>
  setOf(
    told,
    [...byName].map(([name, loaded]) => ({
      name,
      isNumber: false,
      isReviewed: true,
      load: () => Promise.resolve(loaded),
    })),
  )

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)]

/** Several sources of one kind as one, such as the files of training and validation. @param sets one at least */
export const joinSets = (sets: readonly [LabelSet, ...LabelSet[]]): LabelSet => ({
  format: distinct(sets.map(({ format }) => format)).join(', '),
  images: sets.flatMap(({ images }) => images),
  classes: distinct(sets.flatMap(({ classes }) => classes)),
  problems: sets.flatMap(({ problems }) => problems),
  notes: distinct(sets.flatMap(({ notes }) => notes)),
  namesFrom: sets.find(({ namesFrom }) => namesFrom !== null)?.namesFrom ?? null,
  firstClass: sets.find(({ firstClass }) => firstClass !== null)?.firstClass ?? null,
  parts: sets.find(({ parts }) => parts !== null)?.parts ?? null,
  check: () => sets.flatMap((set) => set.check?.() ?? []),
  close() {
    for (const set of sets) set.close()
  },
})

/** What one file of many throws is its own fault. */
const ofOneFile = ['bad-input', 'not-found', 'unknown-encoding'] as const

/**
 * Of files that hold the objects of one image each.
 * @param folder what names are relative to
 * @param load what it throws of kind `bad-input`, `not-found` or `unknown-encoding` is that file's problem, and the rest goes on
 */
export const setOfFiles = (
  told: Told & { readonly isReviewed: boolean },
  folder: string,
  files: readonly string[],
  load: (file: string, where: string) => Promise<LoadedObjects>,
  nameOf: (where: string) => string = (where) => where,
): LabelSet =>
  setOf(
    told,
    files.map((file): LabelledImage => {
      const where = relative(folder, file).split(sep).join('/')
      return {
        name: nameOf(where),
        isNumber: false,
        isReviewed: told.isReviewed,
        async load() {
          try {
            return await load(file, where)
          } catch (thrown) {
            if (!ofOneFile.some((code) => hasCode(thrown, code))) throw thrown
            return { objects: [], problems: [readProblem(null, messageOf(thrown))] }
          }
        },
      }
    }),
  )
