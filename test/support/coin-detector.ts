/**
 * A tiny detector that finds the coins of the sample photo: places that are brighter than what is around them, by two
 * means of different width. Its contract is that of YOLO11 with one class, on a frame of 320 x 320.
 */
import { float, TinyGraph } from './tiny-graph.ts'

const SIDE = 320
const CELLS = SIDE / 8
/** Rows of the grids of strides 16 and 32, which it leaves empty. */
const OTHERS = (SIDE / 16) ** 2 + (SIDE / 32) ** 2
/** Of a coin, quarters of the frame's pixels; of what is around it. */
const COIN = 7
const AROUND = 23

const mean = (g: TinyGraph, picture: string, side: number) => {
  const pad = (side - 1) / 2
  return g.node('AveragePool', [picture], { kernel_shape: [side, side], pads: [pad, pad, pad, pad] })
}

/** @returns the bytes of an .onnx file */
export const coinDetector = (): Buffer => {
  const g = new TinyGraph()
  const picture = g.input('images', float, [1, 3, SIDE, SIDE])
  const small = g.node('AveragePool', [picture], { kernel_shape: [4, 4], strides: [4, 4] })
  const grey = g.node('ReduceMean', [small], { axes: [1], keepdims: 1 })
  const raised = g.node('Sub', [mean(g, grey, COIN), mean(g, grey, AROUND)])
  const pad = (COIN - 1) / 2
  const highest = g.node('MaxPool', [raised], { kernel_shape: [COIN, COIN], pads: [pad, pad, pad, pad] })
  const peak = g.node('Cast', [g.node('Equal', [raised, highest])], { to: float })
  const sure = g.node('Clip', [
    g.node('Mul', [raised, g.floats([5])]),
    g.node('ReduceMin', [g.floats([0])], { axes: [0], keepdims: 0 }),
    g.node('ReduceMin', [g.floats([0.98])], { axes: [0], keepdims: 0 }),
  ])
  const score = g.node('MaxPool', [g.node('Mul', [sure, peak])], { kernel_shape: [2, 2], strides: [2, 2] })
  const places = Array.from({ length: CELLS * CELLS }, (_, at) => at)
  const centres = [
    ...places.map((at) => (at % CELLS) * 8 + 4),
    ...places.map((at) => Math.floor(at / CELLS) * 8 + 4),
    ...places.map(() => 44),
    ...places.map(() => 44),
  ]
  const boxes = g.floats(centres, [1, 4, CELLS * CELLS])
  const scores = g.node('Reshape', [score, g.whole(1, 1, CELLS * CELLS)])
  const rows = g.concat(2, g.concat(1, boxes, scores), g.zeros(1, 5, OTHERS))
  g.output('output0', rows, [1, 5, CELLS * CELLS + OTHERS])
  return g.bytes({
    description: 'Ultralytics tiny model',
    author: 'Ultralytics',
    task: 'detect',
    imgsz: `[${SIDE}, ${SIDE}]`,
    names: "{0: 'coin'}",
  })
}
