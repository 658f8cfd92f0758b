/** labelme's JSON, one file an image. */
import { formats } from '../../../common/formats.ts'
import type { Format } from '../format.ts'
import { readLabelme } from './read.ts'
import { writeLabelme } from './write.ts'

export const labelme: Format = { about: formats.labelme, write: writeLabelme, read: readLabelme }
