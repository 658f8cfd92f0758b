/** A film's frames are written to a folder, as a run: all of them or none. */
import { basename, resolve } from 'node:path'
import { filmRequestSchema, type FilmDetail, type FilmRequest } from '../../common/contract/film.ts'
import { msg, said } from '../../common/said.ts'
import { writeFrames } from '../film/frames.ts'
import { defineWork, type WorkParts } from './work-kind.ts'

export const filmWork = ({ ffmpeg, drafts }: Pick<WorkParts, 'ffmpeg' | 'drafts'>) =>
  defineWork<FilmRequest, FilmDetail>({
    name: 'film',
    title: msg('Open a film'),
    unit: 'image',
    request: filmRequestSchema,
    canPause: false,
    // The dialog shows it, and opens what it made.
    isListed: false,
    again: { refuse: said('Another film is being opened. Wait for its end, or cancel it.') },
    scope: 'app',
    holdsFolder: null,
    cleansUp: true,
    plan(request) {
      const asked = { ...request, film: resolve(request.film), out: resolve(request.out) }
      const told = { name: basename(asked.film), out: asked.out }
      return async (control) => {
        control.detail({ ...told, frames: 0, brokeOff: false }, 'now')
        const { signal } = control
        const reach = (done: number, total: number | null) => control.reach(done, total ?? 0)
        const written = await writeFrames(asked, { signal, reach }, { ffmpeg, drafts })
        control.reach(written.frames, written.frames)
        control.detail({ ...told, ...written })
        return said('{count, plural, one {# frame} other {# frames}} of {film} written to {folder}.', {
          count: written.frames,
          film: told.name,
          folder: told.out,
        })
      }
    },
  })
