/** What is said of the formats of YOLO. */
import { msg } from '../said.ts'
import type { FormatDescription } from './description.ts'

const yolo = {
  kind: 'yolo',
  kindName: 'YOLO',
  images: 'finished',
  divides: true,
  firstClass: 0,
  holds: { score: false, extras: false, marks: false },
  options: [
    {
      kind: 'choice',
      id: 'layout',
      label: msg('Folders'),
      hint: msg(
        'ultralytics: images/train and labels/train; roboflow: train/images and train/labels. Both train as they are.',
      ),
      values: [
        { id: 'ultralytics', label: msg('Ultralytics: images/train') },
        { id: 'roboflow', label: msg('Roboflow: train/images') },
      ],
      default: 'ultralytics',
    },
  ],
  reads: {
    what: 'YOLO txt files (a folder or one)',
    endings: ['txt'],
    folder: true,
    names: 'classes.txt or data.yaml',
  },
} as const

const yoloKeeps = {
  files: '`data.yaml`, `classes.txt`, `images/{train,val,test}`, `labels/{train,val,test}`',
  class: 'index from 0',
  outside: 'clipped',
  empty: 'empty label file if it is done, else left out',
  unreadable: 'left out',
  extras: 'left out',
  marks: 'left out',
  score: 'left out',
} as const

export const yoloSegmentation: FormatDescription = {
  ...yolo,
  id: 'yolo-seg',
  name: 'YOLO segmentation',
  use: msg('Polygons and data.yaml. Trains Ultralytics segmentation as it is.'),
  summary: 'polygons',
  keeps: {
    ...yoloKeeps,
    rectangle: 'polygon of four corners',
    rotated: 'polygon of four corners',
    polygon: '`class x1 y1 x2 y2 ...`, six decimals',
    parts: 'joined by lines of no width',
    holes: 'cut in by lines of no width',
    bare: 'left out',
  },
}

export const yoloDetection: FormatDescription = {
  ...yolo,
  id: 'yolo-det',
  name: 'YOLO detection',
  use: msg('Boxes and data.yaml. Trains Ultralytics detection as it is.'),
  summary: 'boxes',
  keeps: {
    ...yoloKeeps,
    rectangle: '`class cx cy w h`',
    rotated: 'its box',
    polygon: 'its box',
    parts: 'the box around all',
    holes: 'no matter',
    bare: 'left out',
  },
}

export const yoloOriented: FormatDescription = {
  ...yolo,
  id: 'yolo-obb',
  name: 'YOLO oriented boxes',
  use: msg('Boxes that are turned, and data.yaml. Trains Ultralytics OBB as it is.'),
  summary: 'oriented boxes',
  keeps: {
    ...yoloKeeps,
    rectangle: '`class x1 y1 x2 y2 x3 y3 x4 y4`, its corners',
    rotated: 'its four corners, exactly',
    polygon: 'the rectangle of least area around it',
    parts: 'the rectangle around all',
    holes: 'no matter',
    bare: 'left out',
    outside: 'clipped; a turned rectangle stays whole',
  },
}
