/** Which part of the image is enlarged for the encoder; the sides are measured in docs/models.md. Pure. */
import type { Crop } from '../segmentation.ts'
import { modelScale, wholeImage } from './letterbox.ts'
import type { Box } from './measure.ts'
import type { Size } from './point.ts'

/** An object whose box has a side under this in the model frame of the whole image gains from a crop. */
const SMALL_SIDE = 80
const SMALLEST_CROP = 128

/** A square of `side` around the middle of `box`, moved and cut to lie in the image. */
export const cropAround = (box: Box, side: number, image: Size): Crop => {
  const width = Math.min(image.width, Math.ceil(side))
  const height = Math.min(image.height, Math.ceil(side))
  const place = (middle: number, length: number, limit: number) =>
    Math.round(Math.min(Math.max(0, middle - length / 2), limit - length))
  return {
    x: place(box.x + box.width / 2, width, image.width),
    y: place(box.y + box.height / 2, height, image.height),
    width,
    height,
  }
}

/** The crop that shows an object large: 3 times its box. */
export const objectCrop = (box: Box, image: Size): Crop =>
  cropAround(box, Math.max(SMALLEST_CROP, 3 * Math.max(box.width, box.height)), image)

/** Whether the encoder sees too little of an object when it is given the whole image. Measured in docs/models.md. */
export const isSmall = (box: Box, image: Size): boolean =>
  Math.min(box.width, box.height) * modelScale(wholeImage(image)) < SMALL_SIDE

/** How much of its surroundings a box must have in a crop: twice its sides are as good as three times. */
const SURROUNDINGS = 2
/** A shared crop is at most so many times as long as the smallest of its boxes would have alone: 80 px are left of it. */
const MAX_GROWTH = 2

interface Group {
  /** Around the surroundings of all its boxes, within the image. */
  region: Box
  /** The shortest side of the crops that its boxes would have alone. */
  least: number
  readonly members: number[]
}

const surroundings = ({ x, y, width, height }: Box, image: Size): Box => {
  const [wide, high] = [(SURROUNDINGS - 1) * width, (SURROUNDINGS - 1) * height]
  const [left, top] = [Math.max(0, x - wide / 2), Math.max(0, y - high / 2)]
  return {
    x: left,
    y: top,
    width: Math.min(image.width, x + width + wide / 2) - left,
    height: Math.min(image.height, y + height + high / 2) - top,
  }
}

const around = (a: Box, b: Box): Box => {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)]
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}

/**
 * The crops for the small boxes of one image, so that neighbours share one and fewer are encoded.
 * @param boxes in image pixels
 * @returns for each box its crop; null where the box is not small
 */
export const shareCrops = (boxes: readonly Box[], image: Size): (Crop | null)[] => {
  const groups: Group[] = []
  boxes.forEach((box, member) => {
    if (!isSmall(box, image)) return
    const own = surroundings(box, image)
    const crop = objectCrop(box, image)
    const side = Math.max(crop.width, crop.height)
    const group = groups.find(({ region, least }) => {
      const { width, height } = around(region, own)
      return Math.max(width, height) <= MAX_GROWTH * Math.min(least, side)
    })
    if (group === undefined) groups.push({ region: own, least: side, members: [member] })
    else {
      group.region = around(group.region, own)
      group.least = Math.min(group.least, side)
      group.members.push(member)
    }
  })
  const crops: (Crop | null)[] = boxes.map(() => null)
  for (const { region, least, members } of groups) {
    const crop = cropAround(region, Math.max(least, region.width, region.height), image)
    for (const member of members) crops[member] = crop
  }
  return crops
}
