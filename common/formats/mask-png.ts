/** What is said of masks as pictures. */
import { msg } from '../said.ts'
import type { FormatDescription } from './description.ts'

export const maskPng: FormatDescription = {
  id: 'mask-png',
  name: 'Mask PNG',
  kind: 'mask-png',
  kindName: 'mask PNG',
  use: msg('A PNG of numbers for each image, or one an object. For U-Net, MMSegmentation, SegFormer.'),
  summary: 'masks as pictures',
  images: 'finished',
  divides: true,
  firstClass: 1,
  holds: { score: false, extras: false, marks: false },
  options: [
    {
      kind: 'choice',
      id: 'values',
      label: msg('What a pixel says'),
      hint: msg(
        'class: the number of its class; object: the number of the object; binary: a file an object, 255 inside.',
      ),
      values: [
        { id: 'class', label: msg('Its class') },
        { id: 'object', label: msg('Its object') },
        { id: 'binary', label: msg('One file an object') },
      ],
      default: 'class',
    },
    {
      kind: 'choice',
      id: 'bits',
      label: msg('Bits of a pixel'),
      hint: msg('8 has room for 255 classes or objects of an image; auto takes 16 where that is not enough.'),
      values: [
        { id: 'auto', label: msg('8, or 16 where needed') },
        { id: '16', label: '16' },
      ],
      default: 'auto',
    },
  ],
  keeps: {
    files: '`masks/{train,val,test}`, `images/{train,val,test}`, `classes.txt`, `objects.csv` (objects)',
    class: 'pixel value from 1, the line of `classes.txt` from 0',
    rectangle: 'its pixels',
    rotated: 'its pixels',
    polygon: 'its pixels',
    parts: 'their pixels',
    holes: 'kept',
    bare: 'left out',
    outside: 'clipped',
    empty: 'mask of zeros if it is done, else left out',
    unreadable: 'left out',
    extras: 'left out',
    marks: 'left out',
    score: 'left out',
  },
  reads: {
    what: 'masks as PNG (a folder or one file)',
    endings: ['png'],
    folder: true,
    names: 'for masks a classes.txt or labelmap.txt',
  },
}
