/** Calls about a film, before its frames are written. */
import { resolve } from 'node:path'
import { hasCode } from '../../common/errors.ts'
import { versionOfFfmpeg } from '../film/ffmpeg.ts'
import { installCommandHere } from '../film/install.ts'
import { lookAtFilm } from '../film/look.ts'
import { placeForFrames } from '../film/place.ts'
import type { Of, Parts } from './parts.ts'

export const filmHandlers = ({ ports }: Parts): Of<'film'> => ({
  'film.tool': async () => {
    const isThere = await versionOfFfmpeg(ports.ffmpeg ?? 'ffmpeg').then(
      () => true,
      (thrown: unknown) => {
        if (hasCode(thrown, 'not-found')) return false
        throw thrown
      },
    )
    return { isThere, install: isThere ? null : await installCommandHere() }
  },
  'film.look': ({ film }) => lookAtFilm(resolve(film), ports.ffmpeg ?? 'ffmpeg'),
  'film.place': ({ film, folder }) => placeForFrames(resolve(film), folder),
})
