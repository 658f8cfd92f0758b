import { describe, expect, it } from 'vitest'
import { splitImages as split, type SplitAsk, type SplitImage } from '../../../../core/export/split/split.ts'

const asked = (validation: number, seed: number, more: Partial<SplitAsk> = {}): SplitAsk => ({
  validation,
  test: 0,
  seed,
  grouping: { byFolder: true, pattern: null },
  balance: false,
  ...more,
})

/** Indexes of the images that validate. */
const splitImages = (images: readonly SplitImage[], validation: number, seed: number) => {
  const { sides, notes } = split(images, asked(validation, seed))
  return {
    validation: new Set(sides.flatMap((side, index) => (side === 'val' ? [index] : []))),
    note: notes[0] ?? null,
  }
}

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

const countsOf = (sides: readonly string[]) =>
  ['train', 'val', 'test'].map((side) => sides.filter((one) => one === side).length)

describe('three sides', () => {
  it('has its share on each, and something with objects where there is enough', () => {
    expect(countsOf(split(flat(100), asked(0.2, 1, { test: 0.1 })).sides)).toEqual([70, 20, 10])
    expect(countsOf(split(flat(3), asked(0.1, 1, { test: 0.1 })).sides)).toEqual([1, 1, 1])
  })

  it('says nothing of shares that were asked for where all images were put somewhere before', () => {
    const stored = flat(100).map(
      (image, index) => ({ ...image, side: index < 60 ? 'train' : 'test' }) as const,
    )
    expect(split(stored, asked(0.2, 0)).notes).toEqual([])
    expect(split([...stored, ...flat(1)], asked(0.2, 0)).notes.join(' ')).toContain('test instead of 0 %')
  })

  it('never moves what was stored, and puts what is new beside its group', () => {
    const first = split(flat(100), asked(0.2, 1, { test: 0.1 })).sides
    const grown = flat(200).map((image, index) => ({ ...image, side: first[index] ?? null }))
    const second = split(grown, asked(0.3, 9, { test: 0.1 })).sides
    expect(second.slice(0, 100)).toEqual(first)
    expect(countsOf(second)).toEqual([120, 60, 20])
    const folders = inFolders({ a: 10, b: 10, c: 10 }).map((image, index) => ({
      ...image,
      side: index === 12 ? ('test' as const) : null,
    }))
    expect(split(folders, asked(0.3, 2)).sides.slice(10, 20)).toEqual(
      Array.from({ length: 10 }, () => 'test'),
    )
  })

  it('keeps copies, and names of one pattern, together', () => {
    const images = flat(60).map((image, index) => ({
      path: `shot${Math.floor(index / 3)}_view${index % 3}.jpg`,
      hasObjects: image.hasObjects,
      likeness: index % 20 === 0 ? ['same'] : [],
    }))
    const { sides } = split(images, asked(0.3, 4, { grouping: { byFolder: false, pattern: /^(shot\d+)_/ } }))
    for (let shot = 0; shot < 20; shot++) expect(new Set(sides.slice(3 * shot, 3 * shot + 3)).size).toBe(1)
    expect(new Set([sides[0], sides[20], sides[40]]).size).toBe(1)
    expect(countsOf(sides)[1]).toBeGreaterThan(12)
  })
})

describe('balance', () => {
  it('gives each side its share of every class, the rare ones too', () => {
    // 200 images; class 0 on all, class 1 on a tenth, class 2 on five of them.
    const images = flat(200).map((image, index) => ({
      ...image,
      classes: [0, ...(index % 10 === 3 ? [1] : []), ...(index % 40 === 7 ? [2] : [])],
    }))
    for (const seed of [0, 1, 2, 3, 4]) {
      const { sides } = split(images, asked(0.2, seed, { test: 0.2, balance: true }))
      const ofClass = (one: number) =>
        countsOf(sides.filter((_, index) => images[index]!.classes.includes(one)))
      expect(ofClass(0)).toEqual([120, 40, 40])
      expect(ofClass(1)).toEqual([12, 4, 4])
      expect(ofClass(2)).toEqual([3, 1, 1])
    }
  })

  it('keeps a class that one group has where it trains', () => {
    const images = inFolders({ a: 5, b: 5, c: 5, d: 5 }).map((image) => ({
      ...image,
      classes: image.path.startsWith('b/') ? [0, 1] : [0],
    }))
    for (const seed of [0, 1, 2, 3]) {
      const { sides } = split(images, asked(0.25, seed, { balance: true }))
      expect(sides.slice(5, 10)).toEqual(Array.from({ length: 5 }, () => 'train'))
    }
  })
})
