/** Many objects at once: how they are selected, and that what is done to them is one step. */
import { describe, expect, it } from 'vitest'
import type { Annotation } from '../../../common/model.ts'
import { rowPickOf, rowsBetween } from '../../../renderer/panels/objects/row-pick.ts'
import { metricsOf } from '../../../renderer/tools/metrics.ts'
import { joined, mostlyIn, selectionOf } from '../../../renderer/workbench/selection.ts'
import { objectByHand } from '../../support/objects.ts'
import { settle, square } from './fake-core.ts'
import { create } from './open-workbench.ts'

const object = (id: string, x: number, y: number, side: number, change: Partial<Annotation> = {}) =>
  objectByHand(id, square(x, y, side), change)

/** Three beside each other, and one in the middle of the last. */
const open = async (change: Partial<Annotation> = {}) => {
  const made = await create()
  made.core.annotations = [
    object('a', 10, 10, 20),
    object('b', 50, 10, 20),
    object('c', 90, 10, 20, change),
    object('d', 95, 15, 6, { labelId: 'dog' }),
  ]
  await made.get().openImage(2, [])
  await made.open(1)
  const { get, core } = made
  const click = (x: number, y: number) => {
    get().pickWith({ type: 'down', point: { x, y } })
    get().pickWith({ type: 'up', point: { x, y } })
  }
  const box = (x0: number, y0: number, x1: number, y1: number) => {
    get().pickWith({ type: 'down', point: { x: x0, y: y0 } })
    get().pickWith({ type: 'move', point: { x: x1, y: y1 } })
    get().pickWith({ type: 'up', point: { x: x1, y: y1 } })
  }
  const shown = () => ({ all: [...get().selection], primary: get().selected })
  const stored = () => Object.fromEntries(core.annotations.map((one) => [one.id, one]))
  return { ...made, click, box, shown, stored }
}

describe('Ctrl on the stage', () => {
  it('adds what is clicked, and takes it out again; the last one is the primary', async () => {
    const { click, shown } = await open()
    click(20, 20)
    click(60, 20)
    expect(shown()).toEqual({ all: ['a', 'b'], primary: 'b' })
    click(97, 18)
    expect(shown()).toEqual({ all: ['a', 'b', 'd'], primary: 'd' })
    click(97, 18)
    expect(shown()).toEqual({ all: ['a', 'b'], primary: 'b' })
    click(180, 90)
    expect(shown().all).toEqual(['a', 'b'])
  })

  it('drags a box: what lies in it by half or more is added, while it is drawn', async () => {
    const { get, click, box, shown } = await open()
    click(60, 20)
    get().pickWith({ type: 'down', point: { x: 85, y: 5 } })
    get().pickWith({ type: 'move', point: { x: 99, y: 40 } })
    expect(shown().all).toEqual(['d', 'b'])
    get().pickWith({ type: 'move', point: { x: 101, y: 40 } })
    expect(shown()).toEqual({ all: ['c', 'd', 'b'], primary: 'b' })
    expect(get().inGesture).toBe(true)
    get().cancel()
    expect([shown().all, get().pick, get().inGesture]).toEqual([['b'], null, false])
    box(0, 0, 200, 100)
    expect(shown().all).toHaveLength(4)
  })

  it('does not find what is hidden', async () => {
    const { get, box, shown } = await open()
    get().toggleHidden(['a'])
    get().toggleLabelHidden('dog')
    box(0, 0, 200, 100)
    expect(shown().all).toEqual(['b', 'c'])
  })
})

describe('what is done to several objects', () => {
  it('is one step: their class', async () => {
    const { core, get, notices, stored } = await open()
    get().selectAll(['a', 'b', 'd'])
    get().pickLabel('dog')
    await settle()
    expect(core.done).toHaveLength(1)
    expect(Object.values(stored()).map(({ labelId }) => labelId)).toEqual(['dog', 'dog', 'cat', 'dog'])
    expect(notices).toEqual(['undo: 2 objects have the class dog now (a, b)'])
    await get().undo()
    expect(Object.values(stored()).map(({ labelId }) => labelId)).toEqual(['cat', 'cat', 'cat', 'dog'])
    expect([...get().selection]).toEqual(['a', 'b', 'd'])
  })

  it('is one step: deleting, and undo brings all back', async () => {
    const { core, get, notices, shown } = await open()
    get().selectAll(['a', 'b'])
    get().deleteSelected()
    await settle()
    expect([core.done.length, core.annotations.length, shown().all]).toEqual([1, 2, []])
    expect(notices).toEqual(['undo: Deleted 2 objects of class cat (a, b)'])
    await get().undo()
    expect(core.annotations).toHaveLength(4)
  })

  it('is one step: moving, and none leaves the image', async () => {
    const { get, core, stored } = await open()
    get().selectAll(['a', 'c'])
    expect(get().takesArrows).toBe(true)
    get().nudge(-10, 5)
    get().nudge(-10, 0)
    await settle()
    expect(core.done).toHaveLength(2)
    expect(stored().a!.shape).toEqual(square(0, 15, 20))
    expect(stored().c!.shape).toEqual(square(80, 15, 20))
  })

  it('is one step: dragging one of them moves all, and no other way', async () => {
    const { get, core, stored, drag: dragTool, shown } = await open()
    get().setTool('select')
    get().selectAll(['a', 'b'])
    dragTool(20, 20, 25, 40)
    await settle()
    expect(core.done).toHaveLength(1)
    expect([stored().a!.shape, stored().b!.shape]).toEqual([square(15, 30, 20), square(55, 30, 20)])
    expect(shown().all).toEqual(['a', 'b'])
    get().send({
      type: 'down',
      button: 'primary',
      clicks: 1,
      point: { x: 20, y: 40 },
      shift: false,
      alt: false,
    })
    get().send({ type: 'move', point: { x: 60, y: 60 }, shift: false, alt: false })
    get().cancel()
    get().send({ type: 'up', point: { x: 60, y: 60 }, shift: false, alt: false })
    await settle()
    expect([core.done.length, shown().all]).toEqual([1, ['a', 'b']])
  })

  it('a click on one of them selects it alone', async () => {
    const { get, shown } = await open()
    get().setTool('select')
    get().selectAll(['a', 'b'])
    const at = { point: { x: 20, y: 20 }, shift: false, alt: false }
    get().send({ type: 'down', button: 'primary', clicks: 1, ...at })
    get().send({ type: 'up', ...at })
    expect(shown().all).toEqual(['a'])
  })

  it('is one step: locking all, and unlocking all', async () => {
    const { get, stored } = await open({ locked: true })
    const locks = () => Object.values(stored()).map(({ locked }) => locked)
    get().selectAll(['a', 'b', 'c'])
    get().toggleLocked(['a', 'b', 'c'])
    await settle()
    expect(locks()).toEqual([true, true, true, false])
    get().toggleLocked(['a', 'b', 'c'])
    await settle()
    expect(locks()).toEqual([false, false, false, false])
  })

  it('leaves locked ones alone, and says so', async () => {
    const { get, core, notices } = await open({ locked: true })
    get().selectAll(['a', 'b', 'c'])
    get().deleteSelected()
    await settle()
    expect(core.annotations.map(({ id }) => id)).toEqual(['c', 'd'])
    expect(notices).toEqual([
      'info: 1 of the 3 objects is locked, and left as it is.',
      'undo: Deleted 2 objects of class cat (a, b)',
    ])
    get().selectAll(['c'])
    get().pickLabel('dog')
    expect(notices.at(-1)).toContain('This object is locked.')
  })
})

describe('objects combined', () => {
  const parts = (one: Annotation | undefined) => (one?.shape.type === 'polygon' ? one.shape.parts : [])

  it('joined: the one selected last stays, the others are part of it; one undo brings all back', async () => {
    const { core, get, shown, notices } = await open()
    get().selectAll(['b', 'd', 'a'])
    get().combineSelected('join')
    await settle()
    expect(core.annotations.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(parts(core.annotations[0])).toHaveLength(3)
    expect(core.annotations[0]).toMatchObject({ labelId: 'cat', createdAt: 0 })
    expect([shown().all, core.done.length]).toEqual([['a'], 1])
    expect(notices).toEqual(['undo: Joined 3 objects (b, d, a)'])
    await get().undo()
    expect(core.annotations.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('subtracted: the one selected last gets a hole, the others stay, locked ones too', async () => {
    const { get, core, stored, notices } = await open()
    get().toggleLocked(['d'])
    get().selectAll(['a', 'd', 'c'])
    get().combineSelected('subtract')
    await settle()
    expect(core.annotations).toHaveLength(4)
    expect(parts(stored().c)[0]?.holes).toHaveLength(1)
    get().selectAll(['b', 'a'])
    get().combineSelected('subtract')
    get().selectAll(['c', 'd'])
    get().combineSelected('subtract')
    await settle()
    expect(notices.slice(-2)).toEqual([
      expect.stringContaining('nothing to take away'),
      expect.stringContaining('This object is locked'),
    ])
  })

  it('intersected: what is common stays of the one selected last', async () => {
    const { get, core, stored, notices } = await open()
    get().selectAll(['d', 'c'])
    get().combineSelected('intersect')
    await settle()
    expect(core.annotations.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(metricsOf(stored().c!.shape).box).toEqual({ x: 95, y: 15, width: 6, height: 6 })
    get().selectAll(['a', 'b'])
    get().combineSelected('intersect')
    expect(notices.at(-1)).toContain('nothing in common')
    expect(core.done).toHaveLength(1)
  })

  it('joins nothing when one of them is locked', async () => {
    const { get, core, notices } = await open({ locked: true })
    get().selectAll(['a', 'c'])
    get().combineSelected('join')
    await settle()
    expect([core.done, notices]).toEqual([[], [expect.stringContaining('1 of the 2 objects is locked')]])
  })
})

describe('the menu', () => {
  const place = { x: 300, y: 200 }

  it('selects the smallest that lies there, and lists all that does', async () => {
    const { get, shown } = await open()
    get().selectAll(['a'])
    get().openMenu(place, { x: 97, y: 18 })
    expect([shown().all, get().menu]).toEqual([['d'], { ...place, under: ['d', 'c'] }])
    get().closeMenu()
    expect(get().menu).toBeNull()
  })

  it('leaves a selection that has one of them, and is the image’s where nothing lies', async () => {
    const { get, shown } = await open()
    get().selectAll(['a', 'c'])
    get().openMenu(place, { x: 97, y: 18 })
    expect(shown().all).toEqual(['a', 'c'])
    get().openMenu(place, { x: 180, y: 90 })
    expect([shown().all, get().menu?.under]).toEqual([['a', 'c'], []])
    get().openMenu(place, null)
    expect(get().menu?.under).toEqual(['c'])
  })
})

describe('the selection', () => {
  it('goes back to one with Esc, then to none', async () => {
    const { get, shown } = await open()
    get().setTool('select')
    get().selectAll(['a', 'b', 'c'])
    get().cancel()
    expect(shown()).toEqual({ all: ['c'], primary: 'c' })
    get().cancel()
    expect(shown()).toEqual({ all: [], primary: null })
  })

  it('loses what is deleted, and another image begins with none', async () => {
    const { get, shown, open: openImage } = await open()
    get().selectAll(['a', 'b', 'c'])
    get().deleteAnnotations(['c'])
    await settle()
    expect(shown()).toEqual({ all: ['a', 'b'], primary: 'b' })
    await openImage(2)
    expect(shown().all).toEqual([])
  })

  it('does not hold what is hidden; selecting what is hidden shows it', async () => {
    const { get, shown } = await open()
    get().selectAll(['a', 'b'])
    get().toggleHidden(['b'])
    expect(shown().all).toEqual(['a'])
    get().select('b')
    expect(get().hiddenObjects.size).toBe(0)
    get().toggleHidden(['a', 'c'])
    get().toggleLabelHidden('dog')
    get().showAll()
    expect([get().hiddenObjects.size, get().hiddenLabels.size]).toEqual([0, 0])
  })

  it('gives way to what is drawn: a press with a drawing tool selects nothing', async () => {
    const { get, shown, click } = await open()
    get().setTool('rectangle')
    click(20, 20)
    click(60, 20)
    expect(shown().all).toEqual(['a', 'b'])
    get().send({
      type: 'down',
      button: 'primary',
      clicks: 1,
      point: { x: 5, y: 60 },
      shift: false,
      alt: false,
    })
    expect(shown().all).toEqual([])
  })
})

describe('picking rows', () => {
  it('takes all from one to another, either way, the clicked one last', () => {
    const list = [1, 2, 3, 4]
    expect(rowsBetween(list, 2, 4)).toEqual([2, 3, 4])
    expect(rowsBetween(list, 4, 2)).toEqual([4, 3, 2])
    expect(rowsBetween(list, null, 3)).toEqual([3])
    expect(rowsBetween(list, 9, 3)).toEqual([3])
  })
  it('goes by Shift and Ctrl', () => {
    const keys = { ctrlKey: false, metaKey: false, shiftKey: false }
    expect(rowPickOf(keys)).toBe('alone')
    expect(rowPickOf({ ...keys, metaKey: true })).toBe('toggle')
    expect(rowPickOf({ ...keys, ctrlKey: true, shiftKey: true })).toBe('range')
  })
})

it('a background that only reaches into the box stays out', () => {
  const all = [object('sky', 0, 0, 100), object('bird', 40, 40, 10)]
  expect(mostlyIn(all, { x: 30, y: 30, width: 40, height: 40 })).toEqual(['bird'])
})

it('what is joined to a selection leaves its primary', () => {
  expect(joined(selectionOf(['a', 'b']), ['c', 'a']).selected).toBe('b')
  expect(joined(selectionOf([]), ['c', 'a']).selected).toBe('a')
})

describe('what objects are told', () => {
  it('is one step for all of them, and leaves locked ones alone', async () => {
    const { get, core, stored } = await open({ locked: true })
    const before = core.done.length
    await get().tell(['a', 'b', 'c'], { attribute: 'colour', value: 'red' })
    await settle()
    expect(core.done).toHaveLength(before + 1)
    expect(['a', 'b', 'c'].map((id) => stored()[id]?.attributes)).toEqual([
      { colour: 'red' },
      { colour: 'red' },
      {},
    ])
    await get().tell(['a'], { attribute: 'colour', value: 'red' })
    expect(core.done).toHaveLength(before + 1)
    await get().tell(['a', 'b'], { groupId: 4 })
    await settle()
    expect(stored().b).toMatchObject({ groupId: 4, attributes: { colour: 'red' } })
  })
})
