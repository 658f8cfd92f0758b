/** What a file is taken for, by shapes and metadata alone; what is a question, and what is refused with which words. */
import { describe, expect, test } from 'vitest'
import { inputOf } from '../../../core/detectors/input.ts'
import { readMetadata } from '../../../core/detectors/metadata.ts'
import { recognise } from '../../../core/detectors/recognise.ts'
import type { OnnxModel, OnnxSlot } from '../../../core/onnx/read-model.ts'

type Shapes = Readonly<Record<string, readonly number[]>>

const images: OnnxSlot = { name: 'images', type: 'float32', shape: [1, 3, 640, 640] }

const modelOf = (outputs: Shapes, metadata: Record<string, string> = {}, inputs = [images]): OnnxModel => ({
  bytes: 1,
  metadata: new Map(Object.entries(metadata)),
  producer: '',
  opset: 17,
  inputs,
  outputs: Object.entries(outputs).map(([name, shape]) => ({ name, type: 'float32', shape })),
})

const look = (outputs: Shapes, metadata: Record<string, string> = {}, inputs = [images]) => {
  const model = modelOf(outputs, metadata, inputs)
  const said = readMetadata(model)
  const input = inputOf(model, said)
  if ('refusal' in input) return input
  return recognise({
    input,
    metadata: said,
    outputs: Object.entries(outputs).map(([name, shape]) => ({ name, type: 'float32', shape })),
  })
}
const ids = (...asked: Parameters<typeof look>) => {
  const found = look(...asked)
  return 'refusal' in found
    ? found.refusal
    : found.recipes.map(({ id, classes }) => `${id} ${classes.length}`)
}

const named = { names: "{0: 'a', 1: 'b', 2: 'c'}", author: 'Ultralytics', task: 'detect' }

describe('sizes as the exporters give them', () => {
  test.each<[string, Shapes, Record<string, string>, string[]]>([
    ['YOLOv5 of COCO', { output0: [1, 25200, 85] }, {}, ['grid-objectness-boxes 80']],
    [
      'YOLOv5 segmentation',
      { output0: [1, 25200, 117], output1: [1, 32, 160, 160] },
      {},
      ['grid-objectness-masks 80'],
    ],
    ['YOLO11', { output0: [1, 84, 8400] }, {}, ['grid-boxes 80']],
    ['YOLO11 of three classes', { output0: [1, 7, 8400] }, named, ['grid-boxes 3']],
    ['YOLO11 segmentation', { output0: [1, 116, 8400], output1: [1, 32, 160, 160] }, {}, ['grid-masks 80']],
    [
      'YOLO11 pose',
      { output0: [1, 56, 8400] },
      { task: 'pose', kpt_shape: '[17, 3]', names: "{0: 'person'}" },
      ['grid-points 1'],
    ],
    ['YOLO11 rotated', { output0: [1, 20, 8400] }, { task: 'obb' }, ['grid-rotated-boxes 15']],
    ['YOLOv10 and 26', { output0: [1, 300, 6] }, named, ['rows-boxes 3']],
    [
      'YOLO26 segmentation',
      { output0: [1, 300, 38], output1: [1, 32, 160, 160] },
      { ...named, task: 'segment' },
      ['rows-masks 3'],
    ],
    [
      'YOLO26 pose',
      { output0: [1, 300, 57] },
      { ...named, task: 'pose', kpt_shape: '[17, 3]' },
      ['rows-points 3'],
    ],
    ['YOLO26 rotated', { output0: [1, 300, 7] }, { ...named, task: 'obb' }, ['rows-rotated-boxes 3']],
    [
      'RT-DETR by Ultralytics',
      { output0: [1, 300, 84] },
      { description: 'Ultralytics rtdetr-l model' },
      ['rt-detr-rows 80'],
    ],
    ['RF-DETR of COCO', { dets: [1, 300, 4], labels: [1, 300, 91] }, {}, ['rf-detr-0 91']],
    ['RT-DETR by transformers', { logits: [1, 300, 80], pred_boxes: [1, 300, 4] }, {}, ['transformers 80']],
  ])('%s', (_name, outputs, metadata, wanted) => {
    expect(ids(outputs, metadata)).toEqual(wanted)
  })
})

test('what looks alike is a question', () => {
  expect(ids({ output0: [1, 300, 6] })).toEqual(['rows-boxes 80', 'rt-detr-rows 2'])
  expect(ids({ output0: [1, 56, 8400] })).toEqual(['grid-points 1', 'grid-boxes 52'])
  expect(ids({ dets: [1, 300, 4], labels: [1, 300, 4] })).toEqual(['rf-detr-0 3', 'rf-detr-1 3'])
})

test('the names of COCO stand where 80 classes have none, and it is said', () => {
  const found = look({ output0: [1, 84, 8400] })
  expect('recipes' in found && found.recipes[0]).toMatchObject({
    namesFrom: expect.stringContaining('COCO') as string,
  })
  expect('recipes' in found && found.recipes[0]!.classes[41]).toBe('cup')
})

test('what can not be run is refused with the reason', () => {
  expect(ids({ a: [1, 3, 80, 80, 85], b: [1, 3, 40, 40, 85] })).toContain('raw heads')
  expect(ids({ logits: [1, 1000] })).toContain('no detector that is known')
  expect(ids({ output0: [1, 1000] }, { task: 'classify' })).toContain('whole picture')
  const of = (name: string, type: string, shape: (number | string)[]): OnnxSlot => ({ name, type, shape })
  const out = { output0: [1, 84, 8400] }
  expect(ids(out, {}, [of('images', 'float32', [4, 3, 640, 640])])).toContain('batch of 1')
  expect(ids(out, {}, [of('images', 'float32', [1, 640, 640, 3])])).toContain('channels first')
  expect(ids(out, {}, [of('images', 'float32', [1, 1, 640, 640])])).toContain('1 channels')
  expect(ids(out, {}, [of('images', 'float32', [1, 3, 100_000, 640])])).toContain('no detector does')
  expect(ids(out, {}, [images, of('input_ids', 'int64', [1, 32])])).toContain('by words')
  expect(ids(out, {}, [images, of('scale', 'float32', [1, 2])])).toContain('scale [1, 2]')
  expect(ids(out, {}, [])).toContain('takes nothing')
  expect(ids({ labels: [1, 300], boxes: [1, 300, 4], scores: [1, 300] })).toContain('orig_target_sizes')
})

test('metadata of a stranger does no harm', () => {
  expect(ids({ output0: [1, 7, 8400] }, { names: '{'.repeat(10_000), imgsz: 'x'.repeat(1000) })).toEqual([
    'grid-boxes 3',
  ])
  expect(ids({ output0: [1, 7, 8400] }, { names: "{99999999999: 'x', -1: 'y'}" })).toEqual(['grid-boxes 3'])
  expect(
    ids({ output0: [1, 7, 8400] }, { imgsz: '[9999999, 1]' }, [{ ...images, shape: ['b', 3, 'h', 'w'] }]),
  ).toContain('no detector does')
})
