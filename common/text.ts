/** Texts that a page may send: each has a length that nothing real comes near. */
import { z } from 'zod'

/** In UTF-16 units. */
export const textLimits = {
  /** An id, the name of a model or of a file's kind, what is searched for. */
  name: 200,
  /** Linux opens no longer path (PATH_MAX); the other systems take less. */
  path: 4096,
} as const

/** A text of a call's input. What the core itself says needs no limit. */
export const text = (longest: keyof typeof textLimits = 'name') => z.string().max(textLimits[longest])

/** A path of this machine. No system has a path with NUL in it. */
export const pathText = () =>
  text('path')
    .min(1)
    .refine((path) => !path.includes('\0'), 'no path has NUL in it')
