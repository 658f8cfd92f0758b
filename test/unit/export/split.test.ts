import { describe, expect, it } from 'vitest'
import { splitImages, type SplitImage } from '../../../core/export/split.ts'

const flat = (count: number, labelled = count): SplitImage[] =>
  Array.from({ length: count }, (_, index) => ({ path: `${index}.jpg`, hasObjects: index < labelled }))

const inFolders = (sizes: Record<string, number>): SplitImage[] =>
  Object.entries(sizes).flatMap(([folder, count]) =>
    Array.from({ length: count }, (_, index) => ({ path: `${folder}/${index}.jpg`, hasObjects: true })),
  )

const foldersOf = (images: readonly SplitImage[], indexes: Iterable<number>) =>
  new Set([...indexes].map((index) => images[index]!.path.split('/')[0]))

describe('splitImages', () => {
  it('holds the asked share back, the same for the same seed', () => {
    const images = flat(100)
    const first = splitImages(images, 0.2, 7)
    expect(first.validation.size).toBe(20)
    expect(first.note).toBeNull()
    expect(splitImages(images, 0.2, 7).validation).toEqual(first.validation)
    expect(splitImages(images, 0.2, 8).validation).not.toEqual(first.validation)
  })

  it('leaves most images on their side when others are added', () => {
    const before = splitImages(flat(100), 0.2, 0).validation
    const after = splitImages(flat(110), 0.2, 0).validation
    const moved = [...before].filter((index) => !after.has(index)).length
    expect(moved).toBeLessThanOrEqual(3)
  })

  it('validates on one image at least', () => {
    expect(splitImages(flat(2), 0.01, 0).validation.size).toBe(1)
    expect(splitImages(flat(3), 0.1, 0).validation.size).toBe(1)
  })

  it('keeps something to train on', () => {
    expect(splitImages(flat(2), 0.9, 0).validation.size).toBe(1)
    expect(splitImages(flat(10), 0.9, 3).validation.size).toBeLessThan(10)
  })

  it('uses a single image for both, and holds nothing back when nothing is asked', () => {
    expect(splitImages(flat(1), 0.2, 0).validation.size).toBe(0)
    expect(splitImages(flat(1), 0.2, 0).note).toMatch(/one image/)
    expect(splitImages(flat(50), 0, 0).validation.size).toBe(0)
  })

  it('keeps subfolders together', () => {
    const images = inFolders({ a: 10, b: 10, c: 10, d: 10, e: 10 })
    for (const seed of [0, 1, 2, 3, 4]) {
      const { validation } = splitImages(images, 0.2, seed)
      const training = images.map((_, index) => index).filter((index) => !validation.has(index))
      expect(validation.size).toBe(10)
      const shared = [...foldersOf(images, validation)].filter((folder) =>
        foldersOf(images, training).has(folder),
      )
      expect(shared).toEqual([])
    }
  })

  it('never gives the big subfolder away, and says when the share is off', () => {
    const images = inFolders({ big: 900, small: 100 })
    for (const seed of [0, 1, 2, 3]) {
      const { validation, note } = splitImages(images, 0.3, seed)
      expect(foldersOf(images, validation)).toEqual(new Set(['small']))
      expect(note).toMatch(/10 % .* instead of 30 %/)
    }
  })

  it('divides a single subfolder by image', () => {
    expect(splitImages(inFolders({ photos: 50 }), 0.2, 0).validation.size).toBe(10)
  })

  it('gives each side an image with objects where there are two', () => {
    for (const seed of Array.from({ length: 30 }, (_, index) => index)) {
      const images = flat(20, 2)
      const { validation } = splitImages(images, 0.1, seed)
      const labelled = images.map((_, index) => index).filter((index) => images[index]!.hasObjects)
      expect(labelled.filter((index) => validation.has(index))).toHaveLength(1)
    }
  })
})
