/** What is said of the formats of YOLO. */
import type { FormatDescription } from './description.ts'

const yolo = {
  kind: 'yolo',
  kindName: 'YOLO',
  images: 'finished',
  divides: true,
  options: [],
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

export const yoloSegmentation: FormatDescription = {
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

export const yoloDetection: FormatDescription = {
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
