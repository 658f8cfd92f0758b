/**
 * The formats of datasets as data: what each is called, what it keeps and what it is asked. The export form, the
 * terminal's help, the request's schema and the table in docs/formats.md come from this list; the code of a format is
 * its folder in core/formats/, entered in core/formats/all-formats.ts.
 */

/** What becomes of each thing, one cell of the table in docs/formats.md each. */
export interface Keeps {
  readonly files: string
  readonly class: string
  readonly rectangle: string
  readonly polygon: string
  readonly parts: string
  readonly holes: string
  readonly outside: string
  readonly empty: string
  readonly unreadable: string
}

/** Labels of this format that can be read. */
export interface Reads {
  /** Completes "Give ...", in a few words. */
  readonly what: string
  /** Endings of its files, lower case, without the dot. */
  readonly endings: readonly string[]
  /** A whole folder of such files can be given. */
  readonly folder: boolean
  /** The files that give names to its classes. */
  readonly names: string
}

export interface FormatDescription {
  /** In requests, in the terminal, and at the end of the proposed folder. */
  readonly id: string
  readonly name: string
  /** Formats of one kind write the same file names: an export replaces one of its kind, and no other. */
  readonly kind: string
  /** The kind in words. */
  readonly kindName: string
  /** What it is and what it trains, in one line, for the form. */
  readonly use: string
  /** A few words for the terminal. */
  readonly summary: string
  /** `all` images, or the `finished` ones: those with objects, and those that are marked done. */
  readonly images: 'all' | 'finished'
  /** Divides the images into training and validation: asked for a share and a seed. */
  readonly divides: boolean
  readonly keeps: Keeps
  /** Null for a format that is only written. */
  readonly reads: Reads | null
}

const coco: FormatDescription = {
  id: 'coco',
  name: 'COCO',
  kind: 'coco',
  kindName: 'COCO',
  use: 'One JSON, holes kept as RLE. For Detectron2, MMDetection, pycocotools.',
  summary: 'instances JSON',
  images: 'all',
  divides: false,
  keeps: {
    files: '`annotations/instances.json`, `images/`',
    class: '`category_id` from 1, in the order of the labels',
    rectangle: 'polygon of four corners',
    polygon: 'a list of coordinates, hundredths of a pixel',
    parts: 'one list a part',
    holes: 'the whole object as compressed RLE, `iscrowd` 0',
    outside: 'clipped',
    empty: 'listed',
    unreadable: 'left out',
  },
  reads: {
    what: 'a COCO JSON (results or instances)',
    endings: ['json'],
    folder: false,
    names: 'for COCO results an instances JSON',
  },
}

const yolo = {
  kind: 'yolo',
  kindName: 'YOLO',
  images: 'finished',
  divides: true,
  reads: {
    what: 'YOLO txt files (a folder or one)',
    endings: ['txt'],
    folder: true,
    names: 'classes.txt or data.yaml',
  },
} as const

const yoloKeeps = {
  files: '`data.yaml`, `classes.txt`, `images/{train,val}`, `labels/{train,val}`',
  class: 'index from 0',
  outside: 'clipped',
  empty: 'empty label file if it is done, else left out',
  unreadable: 'left out',
} as const

const yoloSegmentation: FormatDescription = {
  ...yolo,
  id: 'yolo-seg',
  name: 'YOLO segmentation',
  use: 'Polygons and data.yaml. Trains Ultralytics segmentation as it is.',
  summary: 'polygons',
  keeps: {
    ...yoloKeeps,
    rectangle: 'polygon of four corners',
    polygon: '`class x1 y1 x2 y2 ...`, six decimals',
    parts: 'joined by lines of no width',
    holes: 'cut in by lines of no width',
  },
}

const yoloDetection: FormatDescription = {
  ...yolo,
  id: 'yolo-det',
  name: 'YOLO detection',
  use: 'Boxes and data.yaml. Trains Ultralytics detection as it is.',
  summary: 'boxes',
  keeps: {
    ...yoloKeeps,
    rectangle: '`class cx cy w h`',
    polygon: 'its box',
    parts: 'the box around all',
    holes: 'no matter',
  },
}

/** Every format, by a name for the code that writes it, in the order in which they are offered. */
export const formats = { coco, yoloSegmentation, yoloDetection } as const

export const formatList: readonly FormatDescription[] = Object.values(formats)

/** @throws RangeError for an id that no format has */
export const formatOf = (id: string): FormatDescription => {
  const found = formatList.find((format) => format.id === id)
  if (found === undefined) throw new RangeError(`There is no format "${id}".`)
  return found
}

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)]

/** 'COCO or YOLO' */
export const formatKinds = distinct(formatList.map(({ kindName }) => kindName)).join(' or ')

/** How labels can be given; formats that are read in one way share one entry. */
export const readableFormats: readonly Reads[] = distinct(formatList.flatMap(({ reads }) => reads ?? []))

/** 'a COCO JSON (results or instances), or YOLO txt files (a folder or one)' */
export const readableText = readableFormats.map(({ what }) => what).join(', or ')

/** 'classes.txt or data.yaml, or for COCO results an instances JSON' */
export const namesText = readableFormats
  .map(({ names }) => names)
  .reverse()
  .join(', or ')
