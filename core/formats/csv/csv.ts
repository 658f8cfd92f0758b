/** A table of objects. */
import { formats } from '../../../common/formats.ts'
import type { Format } from '../format.ts'
import { readCsv } from './read.ts'
import { writeCsv } from './write.ts'

export const csv: Format = { about: formats.csv, write: writeCsv, read: readCsv }
