/** What is said of COCO instances. */
import type { FormatDescription } from './description.ts'

export const coco: FormatDescription = {
  id: 'coco',
  name: 'COCO',
  kind: 'coco',
  kindName: 'COCO',
  use: 'One JSON, holes kept as RLE. For Detectron2, MMDetection, pycocotools.',
  summary: 'instances JSON',
  images: 'all',
  divides: false,
  options: [],
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
