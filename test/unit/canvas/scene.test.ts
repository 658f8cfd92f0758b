import { describe, expect, it } from 'vitest'
import type { Annotation } from '../../../common/model.ts'
import { haloOf, textOn } from '../../../renderer/paint/paint.ts'
import { createScenes, type SceneInput } from '../../../renderer/canvas/scene.ts'
import { objectByHand } from '../../support/objects.ts'
import { square } from '../tools/fake-core.ts'

const annotation = (id: string, x: number, y: number, side: number, labelId = 'cat') =>
  objectByHand(id, square(x, y, side), { labelId })

const input = (change: Partial<SceneInput>): SceneInput => ({
  annotations: [],
  view: { scale: 1, x: 0, y: 0 },
  stage: { width: 400, height: 300 },
  hiddenLabels: new Set(),
  hiddenObjects: new Set(),
  selection: new Set(),
  selected: null,
  hovered: null,
  names: true,
  doubtBelow: 0.7,
  active: null,
  handled: null,
  ...change,
})
/** Of a layer that was not drawn before. */
const sceneOf = (wanted: SceneInput) => createScenes()(wanted)
const ids = (items: readonly { annotation: Annotation }[]) => items.map((item) => item.annotation.id)

describe('sceneOf', () => {
  it('leaves out what is off the stage, hidden, or drawn elsewhere', () => {
    const annotations = [
      annotation('seen', 10, 10, 50),
      annotation('left', -200, 10, 50),
      annotation('below', 10, 400, 50),
      annotation('hidden', 10, 10, 50, 'dog'),
      annotation('active', 10, 10, 50),
    ]
    const scene = sceneOf(input({ annotations, hiddenLabels: new Set(['dog']), active: 'active' }))
    expect(ids(scene.plain)).toEqual(['seen'])
  })

  it('culls by the viewport: what pan and zoom bring in is drawn', () => {
    const annotations = [annotation('far', 1000, 1000, 50)]
    expect(sceneOf(input({ annotations })).plain).toEqual([])
    const view = { scale: 2, x: -1950, y: -1950 }
    expect(sceneOf(input({ annotations, view })).plain[0]).toMatchObject({
      screen: { x: 50, y: 50, width: 100, height: 100 },
    })
  })

  it('draws small shapes with less detail and names large ones', () => {
    const annotations = [
      annotation('dot', 0, 0, 2),
      annotation('thin', 9, 0, 8),
      annotation('full', 50, 0, 100),
    ]
    expect(sceneOf(input({ annotations })).plain).toMatchObject([
      { detail: 'dot', tagged: false },
      { detail: 'thin', tagged: false },
      { detail: 'full', tagged: true },
    ])
  })

  it('names the hovered one alone when names are off', () => {
    const annotations = [
      annotation('a', 0, 0, 100),
      annotation('b', 100, 0, 100),
      annotation('c', 200, 0, 100),
    ]
    const selection = new Set(['a'])
    const { plain, emphasised } = sceneOf(
      input({ annotations, names: false, selection, selected: 'a', hovered: 'c' }),
    )
    expect(
      [...plain, ...emphasised].filter(({ tagged }) => tagged).map((item) => item.annotation.id),
    ).toEqual(['c'])
  })

  it('names narrow objects too', () => {
    const shape = { type: 'rectangle', x: 0, y: 0, width: 20, height: 90 } as const
    const annotations = [{ ...annotation('tall', 0, 0, 9), shape }]
    expect(sceneOf(input({ annotations })).plain).toMatchObject([{ tagged: true }])
  })

  it('puts the hovered and the selected shape over the others, in full detail and named', () => {
    const annotations = [annotation('a', 0, 0, 2), annotation('b', 0, 0, 90), annotation('c', 5, 5, 20)]
    const { plain, emphasised } = sceneOf(
      input({ annotations, selection: new Set(['a']), selected: 'a', hovered: 'c' }),
    )
    expect(ids(plain)).toEqual(['a', 'b', 'c'])
    expect(plain.every(({ emphasis }) => emphasis === 'none')).toBe(true)
    expect(emphasised).toMatchObject([
      { annotation: { id: 'c' }, emphasis: 'hovered', tagged: true },
      { annotation: { id: 'a' }, emphasis: 'selected', detail: 'full' },
    ])
  })
})

describe('textOn', () => {
  it('cases dark lines light and light lines dark, so that neither vanishes', () => {
    expect(haloOf('#0072b2')).toMatch(/^rgba\(255/)
    expect(haloOf('#800000')).toMatch(/^rgba\(255/)
    expect(haloOf('#f0e442')).toMatch(/^rgba\(0/)
  })

  it('is dark on light colours and light on dark ones', () => {
    expect(['#ffffff', '#ffe119', '#3cb44b'].map(textOn)).toEqual(['#111111', '#111111', '#111111'])
    expect(['#000000', '#000075', '#800000'].map(textOn)).toEqual(['#ffffff', '#ffffff', '#ffffff'])
  })
})

describe('one scene after the other', () => {
  const annotations = [annotation('a', 10, 10, 50), annotation('b', 100, 10, 50)]
  const given = input({ annotations })

  it('looks through the objects again when what is in sight changes, and not when the hand moves', () => {
    const makeScene = createScenes()
    const { plain } = makeScene(given)
    const hovered = makeScene({ ...given, hovered: 'b' })
    expect(hovered.plain).toBe(plain)
    expect(ids(hovered.emphasised)).toEqual(['b'])
    const selected = makeScene({ ...given, selection: new Set(['a']), selected: 'a' })
    expect(selected.plain).toBe(plain)
    expect(ids(selected.emphasised)).toEqual(['a'])
    for (const change of [
      { annotations: annotations.slice(1) },
      { view: { scale: 1, x: 5, y: 0 } },
      { stage: { width: 80, height: 80 } },
      { hiddenObjects: new Set(['a']) },
      { hiddenLabels: new Set(['cat']) },
      { names: false },
      { active: 'a' },
      { doubtBelow: 0.1 },
    ]) {
      const changed = makeScene({ ...given, ...change })
      expect(changed.plain).not.toBe(plain)
      expect(changed.plain).toEqual(sceneOf({ ...given, ...change }).plain)
    }
  })
})
