/** Masks as pictures of numbers. */
import { formats } from '../../../common/formats.ts'
import type { Format } from '../format.ts'
import { readMaskPng } from './read.ts'
import { writeMaskPng } from './write.ts'

export const maskPng: Format = { about: formats.maskPng, write: writeMaskPng, read: readMaskPng }
