/** The reference reader, when the machine's python3 has it. */
import { execFileSync } from 'node:child_process'

export interface ReferenceInstance {
  readonly id: number
  /** As pycocotools counts the segmentation's pixels. */
  readonly area: number
  /** The mask, row by row, as a string of 0 and 1. */
  readonly mask: string
  /** [x, y, width, height] around the segmentation, as pycocotools has it. */
  readonly box: readonly number[]
  /** The compressed runs of the mask, encoded anew. */
  readonly counts: string
}

/** Why the reference can't be used here; null when it can. */
export const pycocotoolsMissing = ((): string | null => {
  try {
    execFileSync('python3', ['-c', 'import pycocotools.coco'], { stdio: 'ignore' })
    return null
  } catch {
    return 'python3 with pycocotools is not on this machine'
  }
})()

const SCRIPT = `
import json, sys, contextlib, io, numpy
from pycocotools.coco import COCO
with contextlib.redirect_stdout(io.StringIO()):
    coco = COCO(sys.argv[1])
out = []
for ann in coco.loadAnns(coco.getAnnIds()):
    mask = coco.annToMask(ann)
    from pycocotools import mask as api
    rle = coco.annToRLE(ann)
    again = api.encode(numpy.asfortranarray(mask))
    out.append({'id': ann['id'], 'area': int(api.area(rle)), 'box': api.toBbox(rle).tolist(),
                'counts': again['counts'].decode(), 'mask': ''.join(map(str, mask.flatten().tolist()))})
print(json.dumps(out))
`

export const readWithPycocotools = (file: string): ReferenceInstance[] =>
  JSON.parse(
    execFileSync('python3', ['-c', SCRIPT, file], { encoding: 'utf8', maxBuffer: 1 << 28 }),
  ) as ReferenceInstance[]
