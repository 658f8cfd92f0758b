/** What the dialog of films holds, and the request that it makes. Pure. */
import type { FilmLook, FilmRequest } from '../../../common/contract/film.ts'
import { framesOf, type FilmTake } from '../../../common/film.ts'
import { numberTyped } from '../../texts/numbers.ts'
import { pathOf } from '../paths.ts'

export interface FilmForm {
  readonly path: string
  readonly way: 'every' | 'perSecond'
  /** As typed. */
  readonly every: string
  readonly perSecond: string
  readonly as: FilmRequest['as']
  /** Null: as it was proposed. */
  readonly out: string | null
}

export const emptyFilm = (path: string): FilmForm => ({
  ...{ path, way: 'every', every: '1', perSecond: '2', as: 'jpeg', out: null },
})

/** Null when what was typed is no such number. */
export const takeOf = ({ way, every, perSecond }: FilmForm): FilmTake | null => {
  const typed = way === 'every' ? every : perSecond
  const value = numberTyped(typed)
  if (way === 'every') return Number.isInteger(value) && value >= 1 && value <= 1e6 ? { every: value } : null
  return value >= 0.001 && value <= 1000 ? { perSecond: value } : null
}

/** About what will come; null where the film does not tell. */
export const yieldOf = (
  look: FilmLook,
  take: FilmTake,
  as: FilmRequest['as'],
): { readonly frames: number; readonly bytes: number | null } | null => {
  const frames = framesOf(look, take)
  if (frames === null) return null
  return { frames, bytes: look.frameBytes === null ? null : frames * look.frameBytes[as] }
}

/** @param proposed where the frames go when nobody chose it */
export const filmRequestOf = (form: FilmForm, proposed: string): FilmRequest | null => {
  const take = takeOf(form)
  const out = pathOf(form.out ?? proposed)
  return take === null || out === '' ? null : { film: pathOf(form.path), out, take, as: form.as }
}
