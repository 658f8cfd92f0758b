/** What is said of labelme's JSON. */
import { msg } from '../said.ts'
import type { FormatDescription } from './description.ts'
import type { FlagOption } from '../format-options.ts'
import { attributesOption, scoreOption } from './shared-options.ts'

const rotationOption: FlagOption = {
  kind: 'flag',
  id: 'rotation',
  label: msg('Rotated rectangles for X-AnyLabeling'),
  hint: msg(
    'Writes them as its `rotation`, with their direction; labelme itself opens no file with one. Else they are polygons.',
  ),
  default: false,
}

export const labelme: FormatDescription = {
  id: 'labelme',
  name: 'LabelMe',
  kind: 'labelme',
  kindName: 'LabelMe',
  use: msg('A JSON beside each image. Opens in labelme, AnyLabeling and X-AnyLabeling.'),
  summary: 'a JSON an image',
  images: 'finished',
  divides: false,
  firstClass: null,
  liesBeside: { ending: 'json' },
  holds: { score: true, extras: true, marks: true },
  options: [attributesOption, scoreOption, rotationOption],
  keeps: {
    files: '`labelme/`: each image and its JSON; or the JSON beside your own image',
    class: '`label`, its name',
    rectangle: '`rectangle`, two corners, millionths of a pixel',
    rotated: '`polygon` of four corners, or `rotation`',
    polygon: '`polygon`, every digit',
    parts: 'one shape a part, all with one `group_id`',
    holes: 'cut in by lines of no width',
    bare: '`point`, `linestrip`',
    outside: 'clipped',
    empty: 'JSON without shapes if it is done, else left out',
    unreadable: 'left out',
    score: '`score`, with `--score`',
    extras:
      '`flags` (yes or no), `description`, `attributes`, `object_group`, `track_id`, with `--attributes`',
    marks: '`flags` of the image (tags), `flag`, `reviewed`, with `--attributes`',
  },
  reads: { what: 'LabelMe JSON (a folder or one file)', endings: ['json'], folder: true, names: null },
}
