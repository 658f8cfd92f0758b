/** Takes a damaged project file out of the way and puts a whole one in its place, so that a kill loses neither. */
import { existsSync, lstatSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from '../files/sync.ts'
import { isAnything, partEnds, partsOf } from './parts.ts'

/** What is to take the place: it is whole, and has this name only while the damaged one is moved away. */
const readyName = (file: string) => `${file}.repaired`

/** The first of FILE.damaged, FILE.damaged.2, ... of which no part is taken. */
const freeAside = (file: string): string => {
  for (let number = 1; ; number += 1) {
    const name = `${file}.damaged${number === 1 ? '' : `.${number}`}`
    if (partEnds.every((end) => lstatSync(name + end, { throwIfNoEntry: false }) === undefined)) return name
  }
}

/**
 * @param draft a whole project file in the same folder, or one in it
 * @returns where the damaged one is kept, with its log beside it, byte for byte
 */
export const replaceDamaged = (file: string, draft: string): string => {
  renameSync(draft, readyName(file))
  const kept = freeAside(file)
  // The log first: while the file itself is there, the place is not taken for an empty one.
  for (const end of [...partEnds].reverse())
    if (lstatSync(file + end, { throwIfNoEntry: false }) !== undefined) renameSync(file + end, kept + end)
  renameSync(readyName(file), file)
  syncFolder(dirname(file))
  return kept
}

/** Ends what a kill has interrupted: the damaged one is away, the whole one not yet in place. */
export const finishReplacing = (file: string): void => {
  if (existsSync(readyName(file)) && lstatSync(readyName(file)).isFile() && !isAnything(partsOf(file)))
    renameSync(readyName(file), file)
}
