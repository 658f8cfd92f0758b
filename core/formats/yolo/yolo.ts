/** YOLO detection, oriented boxes and segmentation: one folder of files, read in one way, with other lines in them. */
import { formats } from '../../../common/formats.ts'
import type { Format } from '../format.ts'
import { readYolo } from './read.ts'
import { detectionTask, orientedTask, segmentationTask } from './tasks.ts'
import { writeYolo } from './write.ts'

export const yoloDetection: Format = {
  about: formats.yoloDetection,
  write: (run, images) => writeYolo(detectionTask, run, images),
  read: readYolo,
}

export const yoloSegmentation: Format = {
  about: formats.yoloSegmentation,
  write: (run, images) => writeYolo(segmentationTask, run, images),
  read: readYolo,
}

export const yoloOriented: Format = {
  about: formats.yoloOriented,
  write: (run, images) => writeYolo(orientedTask, run, images),
  read: readYolo,
}
