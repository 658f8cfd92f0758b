/**
 * The annotation files of Pascal VOC, by the development kit of VOC2012: boxes in whole pixels that are counted from 1,
 * the last one included. Pure. See docs/formats.md.
 */
import type { Box } from '../../../common/geometry/measure.ts'
import type { Size } from '../../../common/geometry/point.ts'
import type { VocExtras } from './extras.ts'

/** What XML 1.0 can't hold in any way. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** The text as XML may hold it: other characters become U+FFFD. */
export const holdable = (text: string): string => text.replaceAll(forbidden, '\ufffd')

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
}

const escape = (text: string) => holdable(text).replaceAll(/[&<>"'\r]/g, (character) => entities[character]!)

/** A text whose blanks count: readers trim those at its ends, and some put lines into one. */
const escapeWhole = (text: string) =>
  escape(text).replaceAll(/^\s+|\s+$|[\n\t]/g, (blanks) =>
    Array.from(blanks, (one) => `&#${one.codePointAt(0)!};`).join(''),
  )

/** Says that a file is of our own export. */
export const VOC_SOURCE = 'Maskwright'

export interface VocObject {
  readonly name: string
  readonly extras: VocExtras
  readonly box: VocBox
}

/** Whole pixels counted from 1, the last one included. */
export interface VocBox {
  readonly xmin: number
  readonly ymin: number
  readonly xmax: number
  readonly ymax: number
}

/** First and last pixel, from 1, of the stretch from..from+length of `whole` pixels; one pixel at least. */
const stretch = (from: number, length: number, whole: number): [first: number, last: number] => {
  const first = Math.min(Math.round(from), whole - 1)
  return [first + 1, Math.max(first + 1, Math.min(whole, Math.round(from + length)))]
}

/** The nearest box of whole pixels; `box` lies in the image. */
export const vocBox = (box: Box, { width, height }: Size): VocBox => {
  const [xmin, xmax] = stretch(box.x, box.width, width)
  const [ymin, ymax] = stretch(box.y, box.height, height)
  return { xmin, ymin, xmax, ymax }
}

const attributesText = ({ attributes, groupId, trackId }: VocExtras): string =>
  [
    ...(groupId === null ? [] : [`		<group_id>${groupId}</group_id>`]),
    ...(trackId === null ? [] : [`		<track_id>${trackId}</track_id>`]),
    ...(attributes.length === 0 ? [] : ['		<attributes>']),
    ...attributes.flatMap(({ name, value, isText }) => [
      '			<attribute>',
      `				<name>${escapeWhole(name)}</name>`,
      `				<value>${escapeWhole(value)}</value>`,
      ...(isText ? ['				<type>text</type>'] : []),
      '			</attribute>',
    ]),
    ...(attributes.length === 0 ? [] : ['		</attributes>']),
  ]
    .map((line) => `${line}\n`)
    .join('')

const bit = (value: boolean) => (value ? 1 : 0)

const objectText = ({ name, extras, box }: VocObject) => `	<object>
		<name>${escape(name)}</name>
		<pose>${escapeWhole(extras.pose)}</pose>
		<truncated>${bit(extras.flags.truncated)}</truncated>
		<difficult>${bit(extras.flags.difficult)}</difficult>
${extras.flags.occluded ? '		<occluded>1</occluded>\n' : ''}		<bndbox>
			<xmin>${box.xmin}</xmin>
			<ymin>${box.ymin}</ymin>
			<xmax>${box.xmax}</xmax>
			<ymax>${box.ymax}</ymax>
		</bndbox>
${attributesText(extras)}	</object>
`

export interface VocFile {
  /** The folder that the data set lies in. */
  readonly folder: string
  /** In JPEGImages. */
  readonly filename: string
  readonly size: Size
  readonly hasMasks: boolean
  readonly objects: readonly VocObject[]
}

/** The text of an annotation file. Its depth is 3, as every trainer reads the picture. */
export const vocXml = ({ folder, filename, size, hasMasks, objects }: VocFile): string => `<annotation>
	<folder>${escape(folder)}</folder>
	<filename>${escape(filename)}</filename>
	<source>
		<database>Unknown</database>
		<annotation>${VOC_SOURCE}</annotation>
	</source>
	<size>
		<width>${size.width}</width>
		<height>${size.height}</height>
		<depth>3</depth>
	</size>
	<segmented>${hasMasks ? 1 : 0}</segmented>
${objects.map(objectText).join('')}</annotation>
`
