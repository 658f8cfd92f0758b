/** What is said of COCO instances. */
import { msg } from '../said.ts'
import type { TextOption } from '../format-options.ts'
import type { FormatDescription } from './description.ts'
import { attributesOption, scoreOption } from './shared-options.ts'

const text = (id: string, label: string, hint: string): TextOption => ({
  kind: 'text',
  id,
  label,
  hint,
  default: '',
})

export const coco: FormatDescription = {
  id: 'coco',
  name: 'COCO',
  kind: 'coco',
  kindName: 'COCO',
  use: msg('One JSON, holes kept as RLE. For Detectron2, MMDetection, pycocotools.'),
  summary: 'instances JSON',
  images: 'all',
  divides: { option: 'sets', value: 'split' },
  firstClass: 1,
  holds: { score: true, extras: true, marks: true },
  options: [
    {
      kind: 'choice',
      id: 'shapes',
      label: msg('Shapes'),
      hint: msg('polygon: coordinates, and RLE for objects with holes; rle: the pixels of every object.'),
      values: [
        { id: 'polygon', label: msg('Polygons, holes as RLE') },
        { id: 'rle', label: msg('RLE for all') },
      ],
      default: 'polygon',
    },
    {
      kind: 'choice',
      id: 'sets',
      label: msg('Files'),
      hint: msg(
        'one: all images in one file; split: instances_train.json, instances_val.json, instances_test.json.',
      ),
      values: [
        { id: 'one', label: msg('One for all images') },
        { id: 'split', label: msg('One a split') },
      ],
      default: 'one',
    },
    attributesOption,
    scoreOption,
    text(
      'supercategory',
      msg('Supercategory'),
      msg('Of classes that have none of their own; evaluation tools sum up by it.'),
    ),
    text('description', msg('Description'), msg('What the data set is; without it the name of the folder.')),
    text('contributor', msg('Contributor'), msg('Who made it; without it Maskwright.')),
    text(
      'license',
      msg('Licence of the images'),
      msg('Its name, for instance CC BY 4.0; each image refers to it.'),
    ),
    text('license-url', msg('Address of the licence'), msg('Where the licence can be read.')),
  ],
  keeps: {
    files: '`annotations/instances.json` or `instances_{train,val,test}.json`, `images/`',
    class: '`category_id` from 1, in the order of the labels',
    rectangle: 'polygon of four corners, or RLE',
    rotated: 'polygon of four corners, or RLE',
    polygon: 'a list of coordinates, hundredths of a pixel, or RLE',
    parts: 'one list a part, or RLE',
    holes: 'the whole object as compressed RLE, `iscrowd` 0',
    bare: 'left out',
    outside: 'clipped',
    empty: 'listed',
    unreadable: 'left out',
    score: '`score`, with `--score`',
    extras: '`attributes`, `group_id`, `track_id`, with `--attributes`',
    marks: '`tags`, `flag`, `reviewed` of the image, with `--attributes`',
  },
  reads: {
    what: 'a COCO JSON (results or instances)',
    endings: ['json'],
    folder: false,
    names: 'for COCO results an instances JSON',
  },
}
