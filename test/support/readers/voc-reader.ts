/**
 * A second reader of Pascal VOC, by the development kit of VOC2012 (VOCreadrecxml.m, PASreadrecord.m): lists name
 * annotation files, boxes are whole pixels counted from 1. Shares nothing with the writer.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Element {
  readonly name: string
  readonly children: Element[]
  text: string
}

const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const plain = (text: string) =>
  text.replaceAll(/&(#?\w+);/g, (whole, name: string) => {
    const found = name.startsWith('#') ? String.fromCodePoint(Number(name.slice(1))) : characters[name]
    if (found === undefined) throw new Error(`No such character: ${whole}`)
    return found
  })

/** Elements and text alone, which is all that the format has. */
const parseXml = (text: string): Element => {
  const root: Element = { name: '', children: [], text: '' }
  const open = [root]
  for (const [, tag, words] of text.matchAll(/<(\/?[A-Za-z]\w*)>|([^<]+)/g)) {
    const inner = open.at(-1)!
    if (words !== undefined) inner.text += plain(words)
    else if (tag!.startsWith('/')) {
      if (open.pop()!.name !== tag!.slice(1)) throw new Error(`${tag} closes something else.`)
    } else {
      const element: Element = { name: tag!, children: [], text: '' }
      inner.children.push(element)
      open.push(element)
    }
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('The elements are not closed.')
  const left = text.replaceAll(/<\/?[A-Za-z]\w*>|[^<>]+/g, '')
  if (left !== '') throw new Error(`Neither element nor text: ${left}`)
  return root.children[0]!
}

const childrenOf = (element: Element, name: string) => element.children.filter((child) => child.name === name)
const textOf = (element: Element, ...path: string[]): string => {
  const end = path.reduce((at, name) => {
    const [child, ...more] = childrenOf(at, name)
    if (!child || more.length > 0) throw new Error(`Not one <${name}> in <${at.name}>`)
    return child
  }, element)
  return end.text
}

const whole = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new Error(`No whole number: ${text}`)
  return Number(text)
}

interface VocObject {
  readonly name: string
  readonly truncated: boolean
  /** First and last pixel, from 1. */
  readonly box: readonly [xmin: number, ymin: number, xmax: number, ymax: number]
}

export interface VocFile {
  readonly filename: string
  readonly width: number
  readonly height: number
  readonly segmented: boolean
  readonly objects: readonly VocObject[]
}

/** The names in ImageSets/SET/NAME.txt; none when there is no such list. */
export const readVocList = (folder: string, set: string, name: string): string[] => {
  const file = join(folder, 'ImageSets', set, `${name}.txt`)
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []
}

export const readVoc = (folder: string, name: string): VocFile => {
  const root = parseXml(readFileSync(join(folder, 'Annotations', `${name}.xml`), 'utf8').trim())
  if (root.name !== 'annotation') throw new Error('No annotation.')
  const [width, height] = [whole(textOf(root, 'size', 'width')), whole(textOf(root, 'size', 'height'))]
  const objects = childrenOf(root, 'object').map((object): VocObject => {
    const [xmin, ymin, xmax, ymax] = ['xmin', 'ymin', 'xmax', 'ymax'].map((side) =>
      whole(textOf(object, 'bndbox', side)),
    ) as [number, number, number, number]
    if (xmin < 1 || ymin < 1 || xmax > width || ymax > height || xmax < xmin || ymax < ymin)
      throw new Error(`A box lies outside: ${[xmin, ymin, xmax, ymax].join(' ')}`)
    whole(textOf(object, 'difficult'))
    return {
      name: textOf(object, 'name'),
      truncated: textOf(object, 'truncated') === '1',
      box: [xmin, ymin, xmax, ymax],
    }
  })
  return {
    filename: textOf(root, 'filename'),
    width,
    height,
    segmented: textOf(root, 'segmented') === '1',
    objects,
  }
}
