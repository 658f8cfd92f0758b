/**
 * Transformers with a box for each query: RF-DETR (`dets`, `labels`), DETR and RT-DETR by transformers (`logits`,
 * `pred_boxes`), D-FINE and RT-DETR by their authors (`labels`, `boxes`, `scores`). All fill the frame by stretching.
 */
import type { DetectorRecipe, ProbedOutput } from '../inference/detector.ts'
import { cocoNames, cocoNamesById } from './coco-names.ts'
import { imageNet } from './input.ts'
import { nameClasses } from './naming.ts'
import type { Family, Known } from './recognise.ts'
import { said } from '../../common/said.ts'

const rfDetr = (known: Known, boxes: ProbedOutput, logits: ProbedOutput): DetectorRecipe[] => {
  const { input, metadata, outputs } = known
  const columns = logits.shape[2] ?? 0
  const masks = outputs.find(({ name, shape }) => /mask/i.test(name) && shape.length === 4) ?? null
  const isCoco = columns === cocoNamesById.length
  // The last column says that there is nothing; COCO's are its ids, of which 0 is none.
  const recipe = (firstClass: number): DetectorRecipe => ({
    id: `rf-detr-${firstClass}`,
    title: `RF-DETR${masks === null ? '' : ', segmentation'}${isCoco ? '' : `, classes from column ${firstClass}`}`,
    task: masks === null ? 'boxes' : 'masks',
    ...input,
    image: { ...input.image, fit: 'stretch', ...imageNet },
    decoding: {
      kind: 'queries',
      logits: logits.name,
      boxes: boxes.name,
      activation: 'sigmoid',
      firstClass,
      masks: masks?.name ?? null,
    },
    ...nameClasses(metadata, isCoco ? columns : Math.max(1, columns - 1)),
  })
  return isCoco || metadata.names !== null ? [recipe(0)] : [recipe(0), recipe(1)]
}

const transformers = (known: Known, boxes: ProbedOutput, logits: ProbedOutput): DetectorRecipe[] => {
  const { input, metadata } = known
  const columns = logits.shape[2] ?? 0
  // DETR proper pads its pictures, hence the mask, and has a last class for nothing; its followers have neither.
  const isDetr = input.pixelMask !== null
  const classes = isDetr ? Math.max(1, columns - 1) : columns
  return [
    {
      id: isDetr ? 'detr' : 'transformers',
      title: isDetr ? 'DETR by transformers' : 'RT-DETR or D-FINE by transformers',
      task: 'boxes',
      ...input,
      image: { ...input.image, fit: 'stretch', ...(isDetr ? imageNet : {}) },
      decoding: {
        kind: 'queries',
        logits: logits.name,
        boxes: boxes.name,
        activation: isDetr ? 'softmax' : 'sigmoid',
        firstClass: 0,
        masks: null,
      },
      ...nameClasses(metadata, classes),
    },
  ]
}

export const queryRecipes: Family = (known) => {
  const { input, metadata, outputs } = known
  const find = (name: string, rank: number) =>
    outputs.find((one) => one.name === name && one.shape.length === rank)
  const [dets, labels] = [find('dets', 3), find('labels', 3)]
  if (dets?.shape[2] === 4 && labels !== undefined) return rfDetr(known, dets, labels)
  const [boxes, logits] = [find('pred_boxes', 3), find('logits', 3)]
  if (boxes?.shape[2] === 4 && logits !== undefined) return transformers(known, boxes, logits)
  const [classes, corners, scores] = [find('labels', 2), find('boxes', 3), find('scores', 2)]
  if (classes === undefined || corners === undefined || scores === undefined) return null
  if (input.sizes === null)
    return {
      refusal: said(
        'It gives boxes, labels and scores, and takes no size to give the boxes in (orig_target_sizes).',
      ),
    }
  if (input.image.width !== input.image.height)
    // Which of the two sizes comes first differs from exporter to exporter; of a square it does not matter.
    return {
      refusal: said(
        'It takes pictures that are no squares, and in which order it takes their size is not told.',
      ),
    }
  return [
    {
      id: 'labelled',
      title: 'D-FINE or RT-DETR, as their authors export them',
      task: 'boxes',
      ...input,
      image: { ...input.image, fit: 'stretch' },
      decoding: { kind: 'labelled', labels: classes.name, boxes: corners.name, scores: scores.name },
      ...nameClasses(metadata, metadata.names?.length ?? cocoNames.length),
    },
  ]
}
