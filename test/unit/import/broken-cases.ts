/** What is broken in broken.test.ts: files of each format with a sound record of image sub/b.png, and a broken one of a.png. */
import { encodePng } from '../../../core/export/png.ts'

/** A sparse file is so many bytes long, with `head` at its beginning, a letter each. */
export type Files = Readonly<
  Record<string, string | Uint8Array | { readonly sparse: number; readonly head: string }>
>

const crossed = [
  [10, 10],
  [60, 60],
  [60, 10],
  [10, 50],
]
const corners = [
  [10, 10],
  [30, 10],
  [30, 30],
]
/** Ten million points as text, each made by `point`. */
const tenMillion = (point: string) => point.repeat(10_000_000).slice(0, -1)

const coco = (
  annotation: string,
  image = '{"id":1,"file_name":"a.png","width":100,"height":80}',
  end = ']}',
) => ({
  'l.json':
    `{"images":[${image},{"id":2,"file_name":"sub/b.png"}],"categories":[{"id":1,"name":"cat"}],"annotations":[` +
    `{"image_id":2,"category_id":1,"bbox":[1,2,30,40]},${annotation}${end}`,
})
const cocoOf = (more: string) => coco(`{"image_id":1,"category_id":1,${more}}`)

const yolo = (line: string) => ({
  'labels/a.txt': `${line}\n`,
  'labels/sub/b.txt': '0 0.5 0.5 0.2 0.2\n',
  'labels/classes.txt': 'cat\n',
})

const labelme = (shape: string, size = '"imageWidth":100,"imageHeight":80', path = 'a.png') => {
  const file = (shapes: string, name: string, sides: string) =>
    `{"version":"5.0.0","shapes":[${shapes}],"imagePath":"${name}",${sides}}`
  const sound = `{"label":"cat","shape_type":"polygon","points":${JSON.stringify(corners)}}`
  return {
    'l/a.json': file(shape, path, size),
    'l/sub/b.json': file(sound, 'b.png', '"imageWidth":100,"imageHeight":80'),
  }
}
const polygonOf = (points: string) => labelme(`{"label":"cat","shape_type":"polygon","points":${points}}`)

const voc = (box: string, size = '<width>100</width><height>80</height>', name = 'a.png') => {
  const file = (filename: string, sides: string, corners: string) =>
    `<annotation><filename>${filename}</filename><size>${sides}</size>` +
    `<object><name>cat</name><bndbox>${corners}</bndbox></object></annotation>`
  const sound = '<xmin>1</xmin><ymin>2</ymin><xmax>30</xmax><ymax>40</ymax>'
  return {
    'Annotations/a.xml': file(name, size, box),
    'Annotations/sub/b.xml': file('b.png', '<width>100</width><height>80</height>', sound),
  }
}
const VOC_BOX = '<xmin>1</xmin><ymin>2</ymin><xmax>30</xmax><ymax>40</ymax>'

const HEAD = 'filename,width,height,class,xmin,ymin,xmax,ymax,polygon\n'
const csv = (row: string) => ({ 't.csv': `${HEAD}sub/b.png,100,80,cat,1,2,30,40,\n${row}\n` })

/** One square of the class 1. */
const mask = await encodePng(
  Uint8Array.from({ length: 8000 }, (_, at) => (at % 100 < 20 && at < 2000 ? 1 : 0)),
  { width: 100, height: 80 },
)
const masks = (a: Files[string], list = 'background\ncat\n') => ({
  'm/a.png': a,
  'm/sub/b.png': mask,
  'm/classes.txt': list,
})

/** Kind, format, files, the path that is chosen, what is said (null: nothing), and what image a gets all the same. */
type Case = readonly [
  kind: string,
  format: string,
  files: Files,
  path: string,
  said: RegExp | null,
  a?: readonly string[],
]

const box = ['rectangle']
export const cases: readonly Case[] = [
  ['truncated', 'COCO', coco('{"image_id":1,"category_id":1,"bb', undefined, ''), 'l.json', /ends too early/],
  ['truncated', 'YOLO', yolo('0 0.5 0.5 0'), 'labels', /line 1 has 4 of the 5 numbers/],
  [
    'truncated',
    'LabelMe',
    { ...labelme(''), 'l/a.json': '{"version":"5.0.0","shapes":[{"lab' },
    'l',
    /a.json is no JSON: /,
  ],
  [
    'truncated',
    'VOC',
    { ...voc(''), 'Annotations/a.xml': '<annotation><filename>a.png</fi' },
    'Annotations',
    /a.xml is no XML/,
  ],
  [
    'truncated',
    'CSV',
    csv('a.png,100,80,cat,1,2,30,40,"POLYGON ((1 1, 9'),
    't.csv',
    /line 3 has a quote that is never closed/,
  ],
  ['truncated', 'mask', masks(mask.subarray(0, mask.length - 30)), 'm', /a.png/],
  [
    'NaN',
    'COCO',
    cocoOf('"bbox":[NaN,2,30,40]'),
    'l.json',
    /record 2 is no object \(bbox.0 must be a number\)/,
  ],
  [
    'NaN',
    'COCO outline',
    cocoOf('"bbox":[1,2,30,40],"segmentation":[[1,2,NaN,4,5,6]]'),
    'l.json',
    /segmentation can’t be read; its box is taken/,
    box,
  ],
  ['NaN', 'YOLO', yolo('0 nan 0.5 0.2 0.2'), 'labels', /line 1 is not made of numbers/],
  [
    'NaN',
    'LabelMe',
    polygonOf('[[NaN,1],[5,5],[1,9]]'),
    'l',
    /a.json, shape 1 is no object \(points.0.0 must be a number\)/,
  ],
  [
    'NaN',
    'VOC',
    voc(VOC_BOX.replace('>1<', '>NaN<')),
    'Annotations',
    /object 1 is no box \(bndbox.xmin must be a number\)/,
  ],
  ['NaN', 'CSV', csv('a.png,100,80,cat,nan,2,30,40,'), 't.csv', /line 3 is no box \(xmin must be a number\)/],
  [
    'wrong types',
    'COCO',
    cocoOf('"bbox":{"x":1},"segmentation":"none"'),
    'l.json',
    /record 2 is no object \(bbox must be a list\)/,
  ],
  [
    'wrong types',
    'COCO record',
    coco('[1,2,3],"text",null'),
    'l.json',
    /record 2 does not .*\n.*record 3 does not .*\n.*record 4 does not say which image/,
  ],
  ['wrong types', 'YOLO', yolo('cat 0.5 0.5 0.2 0.2'), 'labels', /line 1 is not made of numbers/],
  ['wrong types', 'LabelMe', polygonOf('{"x":1}'), 'l', /shape 1 is no object \(points must be a list\)/],
  [
    'wrong types',
    'LabelMe shape',
    labelme('"text",7,null'),
    'l',
    /shape 1 is no object .*\n.*shape 2 is no object .*\n.*shape 3 is no object/,
  ],
  [
    'wrong types',
    'VOC',
    voc(VOC_BOX.replace('>1<', '><b>1</b><')),
    'Annotations',
    /object 1 is no box \(bndbox.xmin must be a text\)/,
  ],
  [
    'wrong types',
    'CSV',
    csv('a.png,100,80,cat,left,2,30,40,'),
    't.csv',
    /line 3 is no box \(xmin must be a number\)/,
  ],
  ['wrong types', 'mask', masks(Buffer.concat([mask.subarray(0, 45), Buffer.alloc(60, 'x')])), 'm', /a.png/],
  [
    'ten million points',
    'COCO',
    cocoOf(`"bbox":[1,2,30,40],"segmentation":[[${tenMillion('1,2,')}]]`),
    'l.json',
    /segmentation can’t be read; its box is taken/,
    box,
  ],
  [
    'ten million points',
    'YOLO',
    yolo(`0 ${tenMillion('.1 .2 ')}`),
    'labels',
    /a.txt is too large to be what it should be/,
  ],
  [
    'ten million points',
    'LabelMe',
    polygonOf(`[${'[1,2],'.repeat(1_000_000)}[3,4]]`),
    'l',
    /shape 1 is no object \(points is too long\)/,
  ],
  [
    'ten million points',
    'CSV',
    csv(`a.png,100,80,cat,1,2,30,40,"POLYGON ((${tenMillion('1 2,')}))"`),
    't.csv',
    /line 3 has an outline of more points than any object/,
  ],
  [
    'two points',
    'COCO',
    cocoOf('"bbox":[1,2,30,40],"segmentation":[[1,2,3,4]]'),
    'l.json',
    /segmentation can’t be read; its box is taken/,
    box,
  ],
  ['two points', 'LabelMe', polygonOf('[[1,2],[30,40]]'), 'l', /shape 1 has 2 points/],
  [
    'two points',
    'CSV',
    csv('a.png,100,80,cat,1,2,30,40,"POLYGON ((1 2, 3 4))"'),
    't.csv',
    /polygon can’t be read; its box is taken/,
    box,
  ],
  [
    'crossing',
    'COCO',
    cocoOf(`"segmentation":[${JSON.stringify(crossed.flat())}]`),
    'l.json',
    /crossed itself/,
    ['polygon'],
  ],
  [
    'crossing',
    'YOLO',
    yolo(`0 ${crossed.map(([x, y]) => `${x! / 100} ${y! / 80}`).join(' ')}`),
    'labels',
    /crossed itself/,
    ['polygon'],
  ],
  ['crossing', 'LabelMe', polygonOf(JSON.stringify(crossed)), 'l', /crossed itself/, ['polygon']],
  [
    'crossing',
    'CSV',
    csv(
      `a.png,100,80,cat,1,2,30,40,"POLYGON ((${[...crossed, crossed[0]!].map((p) => p.join(' ')).join(', ')}))"`,
    ),
    't.csv',
    /crossed itself/,
    ['polygon'],
  ],
  [
    'ids out of range',
    'COCO image',
    coco('{"image_id":99,"category_id":1,"bbox":[1,2,3,4]}'),
    'l.json',
    /record 2 is of an image 99, which the file does not have/,
  ],
  [
    'ids out of range',
    'COCO class',
    coco('{"image_id":1,"category_id":1e9,"bbox":[1,2,3,4]}'),
    'l.json',
    null,
    box,
  ],
  ['ids out of range', 'YOLO', yolo('99999999999 0.5 0.5 0.2 0.2'), 'labels', null, box],
  [
    'ids out of range',
    'YOLO minus',
    yolo('-1 0.5 0.5 0.2 0.2'),
    'labels',
    /has the class -1, which is no whole number/,
  ],
  [
    'paths',
    'COCO up',
    coco('{"image_id":1,"category_id":1,"bbox":[1,2,3,4]}', '{"id":1,"file_name":"../../../etc/passwd"}'),
    'l.json',
    /no image called \.\.\/\.\.\/\.\.\/etc\/passwd/,
  ],
  [
    'paths',
    'COCO absolute',
    coco('{"image_id":1,"category_id":1,"bbox":[1,2,3,4]}', '{"id":1,"file_name":"/etc/passwd"}'),
    'l.json',
    /no image called \/etc\/passwd/,
  ],
  [
    'paths',
    'LabelMe',
    labelme(
      '{"label":"cat","shape_type":"polygon","points":[[1,1],[9,1],[9,9]]}',
      undefined,
      '../../../etc/passwd',
    ),
    'l',
    null,
    ['polygon'],
  ],
  ['paths', 'VOC', voc(VOC_BOX, undefined, '/etc/passwd'), 'Annotations', null, box],
  [
    'paths',
    'CSV',
    csv('../../../etc/passwd,100,80,cat,1,2,30,40,'),
    't.csv',
    /no image called \.\.\/\.\.\/\.\.\/etc\/passwd/,
  ],
  [
    'ids out of range',
    'mask',
    masks(await encodePng(new Uint8Array(8000).fill(7), { width: 100, height: 80 })),
    'm',
    null,
    ['polygon'],
  ],
  [
    '2 GB',
    'YOLO',
    { ...yolo(''), 'labels/a.txt': { sparse: 2 ** 31, head: '0 ' } },
    'labels',
    /a.txt is too large to be what it should be: 2147.5 MB/,
  ],
  [
    '2 GB',
    'LabelMe',
    { ...labelme(''), 'l/a.json': { sparse: 2 ** 31, head: '{"shapes":[' } },
    'l',
    /a.json is too large to be what it should be: 2147.5 MB/,
  ],
  [
    '2 GB',
    'VOC',
    { ...voc(''), 'Annotations/a.xml': { sparse: 2 ** 31, head: '<annotation>' } },
    'Annotations',
    /a.xml is too large to be what it should be: 2147.5 MB/,
  ],
  [
    '2 GB',
    'CSV',
    { 't.csv': { sparse: 2 ** 31, head: HEAD } },
    't.csv',
    /^refused: .*t.csv is too large to be what it should be: 2147.5 MB/,
  ],
  [
    '2 GB',
    'mask',
    masks({ sparse: 2 ** 31, head: mask.toString('latin1', 0, 40) }),
    'm',
    /a.png is too large to be what it should be: 2147.5 MB/,
  ],
  ...['0', 'null', '"wide"', '-5', '1e400'].map((side): Case => [
    'sides',
    `LabelMe ${side}`,
    labelme(
      '{"label":"cat","shape_type":"polygon","points":[[1,1],[9,1],[9,9]]}',
      `"imageWidth":${side},"imageHeight":${side}`,
    ),
    'l',
    null,
    ['polygon'],
  ]),
  ...['0', '', 'wide', '-5'].map((side): Case => [
    'sides',
    `VOC ${side}`,
    voc(VOC_BOX, `<width>${side}</width><height>${side}</height>`),
    'Annotations',
    null,
    box,
  ]),
  ...['0', '', 'wide', '-5'].map((side): Case => [
    'sides',
    `CSV ${side}`,
    csv(`a.png,${side},${side},cat,1,2,30,40,`),
    't.csv',
    null,
    box,
  ]),
]
