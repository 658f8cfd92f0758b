/** What is said of Pascal VOC. */
import { msg } from '../said.ts'
import type { FormatDescription } from './description.ts'
import { attributesOption } from './shared-options.ts'

export const voc: FormatDescription = {
  id: 'voc',
  name: 'Pascal VOC',
  kind: 'voc',
  kindName: 'Pascal VOC',
  use: msg('An XML of boxes an image, and masks as PNG. For torchvision, Detectron2, CVAT.'),
  summary: 'boxes as XML, masks as PNG',
  images: 'finished',
  divides: true,
  firstClass: 1,
  holds: { score: false, extras: true, marks: false },
  options: [
    attributesOption,
    {
      kind: 'flag',
      id: 'segmentation',
      label: msg('Masks too'),
      hint: msg('SegmentationClass and SegmentationObject, PNG files in the colours of VOC.'),
      default: true,
    },
    {
      kind: 'flag',
      id: 'borders',
      label: msg('Leave borders out of training'),
      hint: msg(
        'Masks have the value 255 (void) two pixels to either side of the borders of objects, as VOC has.',
      ),
      default: false,
    },
  ],
  keeps: {
    files:
      '`Annotations/`, `ImageSets/`, `JPEGImages/`, `SegmentationClass/`, `SegmentationObject/`, `labelmap.txt`',
    class: '`name`; in class masks its number from 1',
    rectangle: '`bndbox` in whole pixels from 1, and its pixels',
    rotated: 'its box, and its pixels',
    polygon: 'its box, and its pixels',
    parts: 'the box around all, and their pixels',
    holes: 'kept in the masks',
    bare: 'left out',
    outside: 'clipped, `truncated` 1',
    empty: 'XML without objects if it is done, else left out',
    unreadable: 'left out',
    extras:
      '`truncated`, `difficult`, `occluded`, `pose`, others in `attributes`, `group_id`, `track_id`, with `--attributes`',
    marks: 'left out',
    score: 'left out',
  },
  reads: {
    what: 'Pascal VOC XML or masks (a folder or one file)',
    endings: ['xml', 'png'],
    folder: true,
    names: null,
  },
}
