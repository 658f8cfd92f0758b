/** COCO instances. */
import { formats } from '../../../common/formats.ts'
import type { Format } from '../format.ts'
import { readCoco } from './read.ts'
import { writeCoco } from './write.ts'

export const coco: Format = { about: formats.coco, write: writeCoco, read: readCoco }
