/** Which boxes are enlarged, and which share a crop. */
import { fc } from '../../support/property.ts'
import { expect, test } from 'vitest'
import { isSmall, objectCrop, shareCrops } from '../../../common/geometry/crop.ts'

const image = { width: 4096, height: 3072 }
const boxAt = (x: number, y: number, side: number) => ({ x, y, width: side, height: side })

test('a box is small by its short side in the model frame', () => {
  expect(isSmall({ x: 0, y: 0, width: 900, height: 319 }, image)).toBe(true)
  expect(isSmall(boxAt(0, 0, 320), image)).toBe(false)
  expect(isSmall(boxAt(0, 0, 79), { width: 640, height: 1024 })).toBe(true)
})

test('neighbours of a size share a crop, others have their own, large boxes none', () => {
  const crops = shareCrops(
    [boxAt(1000, 1000, 100), boxAt(1200, 1050, 110), boxAt(3000, 100, 100), boxAt(0, 0, 1000)],
    image,
  )
  expect(crops[0]).toEqual(crops[1])
  expect(crops[2]).toEqual(objectCrop(boxAt(3000, 100, 100), image))
  expect(crops[3]).toBeNull()
})

test('a box alone has three times its side', () => {
  expect(shareCrops([boxAt(500, 500, 200)], image)).toEqual([objectCrop(boxAt(500, 500, 200), image)])
})

test('each box lies in its crop with its surroundings, and is shown at least half as large as alone', () => {
  const box = fc.record({
    x: fc.integer({ min: 0, max: 3900 }),
    y: fc.integer({ min: 0, max: 2900 }),
    width: fc.integer({ min: 2, max: 190 }),
    height: fc.integer({ min: 2, max: 170 }),
  })
  fc.assert(
    fc.property(fc.array(box, { minLength: 1, maxLength: 40 }), (boxes) => {
      shareCrops(boxes, image).forEach((crop, index) => {
        const { x, y, width, height } = boxes[index]!
        const left = Math.max(0, x - width / 2)
        const bottom = Math.min(image.height, y + height * 1.5)
        expect(crop!.x).toBeLessThanOrEqual(left + 1)
        expect(crop!.y + crop!.height).toBeGreaterThanOrEqual(bottom - 1)
        const alone = objectCrop(boxes[index]!, image)
        const side = (of: { width: number; height: number }) => Math.max(of.width, of.height)
        expect(side(crop!)).toBeLessThanOrEqual(2 * side(alone) + 1)
      })
    }),
  )
})
