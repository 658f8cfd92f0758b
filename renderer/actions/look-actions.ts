/** How objects are shown: names, lines alone, crosshair, pixel grid, minimap; and all of them out of sight while a key is held. */
import { lookLimits, type StageLook } from '../tools/stage-look.ts'
import { showSwitch } from '../state/report.ts'
import { hasImage, hasProject, type Action } from './action.ts'
import { msg } from '../../common/said.ts'

type Flag = { [Key in keyof StageLook]: StageLook[Key] extends boolean ? Key : never }[keyof StageLook]

/** What is seen of these comes later or elsewhere: the key says what it did. */
const shownLater: readonly Flag[] = ['grid', 'minimap', 'shareVertices', 'keepZoom']

const toggle = (id: string, flag: Flag, label: string, shortcut: string): Action => ({
  id,
  label,
  group: 'View',
  shortcuts: [shortcut],
  enabled: hasProject,
  checked: ({ workbench }) => workbench.look[flag],
  run({ workbench, view }) {
    const state = workbench.getState()
    const on = !state.look[flag]
    state.setLook({ [flag]: on })
    if (!shownLater.includes(flag) || view.store.getState().lookOpen) return
    showSwitch(id, label, on)
  },
})

/** One step of a slider of the panel; what is filled is seen then, though objects were lines alone. */
const slide = (
  id: string,
  key: keyof typeof lookLimits,
  step: number,
  label: string,
  shortcut: string,
): Action => ({
  id,
  label,
  group: 'View',
  shortcuts: [shortcut],
  repeats: true,
  enabled: hasImage,
  run({ workbench }) {
    const state = workbench.getState()
    const { min, max } = lookLimits[key]
    const value = Math.min(max, Math.max(min, state.look[key] + step))
    state.setLook({ [key]: Math.round(value * 100) / 100, ...(key === 'fill' ? { outlines: false } : {}) })
  },
})

export const lookActions: readonly Action[] = [
  {
    id: 'look',
    label: msg('How objects are shown'),
    group: 'View',
    shortcuts: ['W'],
    enabled: hasImage,
    run: ({ view }) => view.set({ lookOpen: !view.store.getState().lookOpen }),
  },
  {
    id: 'peek',
    label: msg('Hide all objects while the key is held'),
    group: 'View',
    shortcuts: ['X'],
    enabled: hasImage,
    run: ({ workbench }) => workbench.getState().peek(true),
    release: ({ workbench }) => workbench.getState().peek(false),
  },
  toggle('outlines', 'outlines', msg('Objects as lines alone'), 'Q'),
  slide('fill-more', 'fill', 0.1, msg('Fill objects more strongly'), 'Alt+PageUp'),
  slide('fill-less', 'fill', -0.1, msg('Fill objects less strongly'), 'Alt+PageDown'),
  slide('line-wider', 'line', 0.5, msg('Outlines wider'), 'Alt+Shift+PageUp'),
  slide('line-finer', 'line', -0.5, msg('Outlines finer'), 'Alt+Shift+PageDown'),
  toggle('names', 'names', msg('Names of classes at the objects'), 'K'),
  toggle('crosshair', 'crosshair', msg('Crosshair'), 'C'),
  toggle('pixel-grid', 'grid', msg('Pixel grid, when zoomed far in'), 'Shift+C'),
  toggle('share-vertices', 'shareVertices', msg('Edit shared vertices together'), 'Alt+V'),
  toggle('minimap', 'minimap', msg('Minimap, when zoomed in'), 'Shift+W'),
  toggle('keep-zoom', 'keepZoom', msg('Keep the zoom between images of a size'), 'Shift+F'),
]
