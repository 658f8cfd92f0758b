/** Pascal VOC: boxes as XML, masks as PNG. */
import { formats } from '../../../common/formats.ts'
import type { Format } from '../format.ts'
import { readVoc } from './read.ts'
import { writeVoc } from './write.ts'

export const voc: Format = { about: formats.voc, write: writeVoc, read: readVoc }
