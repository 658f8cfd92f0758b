/** Sequences measured: those of a folder, or the films made here. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startInference } from '../pipeline.ts'
import { readSequences, type Sequence } from './davis.ts'
import { makeFilms } from './films.ts'
import { followSequence, type Measured } from './measure.ts'
import { writeFilm } from './sequence.ts'

/** Writes the films. @param data the folder with `photos/` and `coco-dev/` @returns null when it is not there */
export const makeSequences = async (
  data: string,
  scratch: string,
  most = Infinity,
): Promise<Sequence[] | null> => {
  if (!existsSync(join(data, 'coco-dev', 'images')) || !existsSync(join(data, 'photos'))) return null
  const folder = join(scratch, 'films')
  for (const film of (await makeFilms(data)).slice(0, most)) await writeFilm(film, folder)
  return readSequences(folder)
}

export const measureSequences = async (
  sequences: readonly Sequence[],
  scratch: string,
  say: (message: string) => void,
): Promise<Measured[]> => {
  const inference = startInference(scratch, 4e9)
  try {
    const measured: Measured[] = []
    for (const [index, sequence] of sequences.entries()) {
      measured.push(await followSequence(inference, sequence))
      say(`follow: ${sequence.name}, ${index + 1} of ${sequences.length}`)
    }
    return measured
  } finally {
    await inference.close()
  }
}
