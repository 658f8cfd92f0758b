/**
 * The 80 classes of COCO in the order that detectors number them, and by the ids that COCO gives them (1 to 90, with
 * gaps): https://github.com/ultralytics/ultralytics/blob/main/ultralytics/cfg/datasets/coco.yaml and
 * `coco91_to_coco80_class` in ultralytics/data/converter.py.
 */
export const cocoNames: readonly string[] = (
  'person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,stop sign,parking meter,' +
  'bench,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee,' +
  'skis,snowboard,sports ball,kite,baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle,wine glass,' +
  'cup,fork,knife,spoon,bowl,banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,' +
  'potted plant,bed,dining table,toilet,tv,laptop,mouse,remote,keyboard,cell phone,microwave,oven,toaster,sink,' +
  'refrigerator,book,clock,vase,scissors,teddy bear,hair drier,toothbrush'
).split(',')

/** Ids that COCO has no class for. */
const gaps = new Set([12, 26, 29, 30, 45, 66, 68, 69, 71, 83])

/** 91 names by COCO's ids; where there is no class, none. */
export const cocoNamesById: readonly (string | null)[] = (() => {
  let next = 0
  return Array.from({ length: 91 }, (_, id) =>
    id === 0 || gaps.has(id) ? null : (cocoNames[next++] ?? null),
  )
})()
