/** Every format. A new one is a folder here, a line in this list and an entry in `common/formats/`. */
import { coco } from './coco/coco.ts'
import { csv } from './csv/csv.ts'
import type { Format } from './format.ts'
import { labelme } from './labelme/labelme.ts'
import { maskPng } from './mask-png/mask-png.ts'
import { voc } from './voc/voc.ts'
import { yoloDetection, yoloOriented, yoloSegmentation } from './yolo/yolo.ts'

export const allFormats: readonly Format[] = [
  coco,
  yoloSegmentation,
  yoloDetection,
  yoloOriented,
  voc,
  labelme,
  maskPng,
  csv,
]
