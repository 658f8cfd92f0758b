/**
 * Where in a file something stands. Made for every object of a large import, so a key is read once; `said` would make the
 * same text.
 */
import { said } from '../../common/said.ts'

/** @param key of a place and what is counted there */
const within = (key: string): ((where: string, count: number) => string) => {
  const [, between = ''] = key.split(/\{\w+\}/)
  return (where, count) => `${where}${between}${count}`
}

/** 'a.txt, line 3'. Each counts as people do, from 1, but `valueOf`. */
export const lineOf = within(said('{where}, line {line}'))
export const recordOf = within(said('{where}, record {record}'))
export const imageOf = within(said('{where}, image {image}'))
export const objectOf = within(said('{where}, object {object}'))
export const shapeOf = within(said('{where}, shape {shape}'))
/** Of a picture of numbers: all pixels of one. */
export const valueOf = within(said('{where}, value {value}'))
export const partOf = within(said('{where}, part {part}'))
