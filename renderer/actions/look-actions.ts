/** How objects are shown: names, lines alone, crosshair, pixel grid, minimap; and all of them out of sight while a key is held. */
import type { StageLook } from '../tools/stage-look.ts'
import { hasImage, hasProject, type Action } from './action.ts'
import { msg } from '../../common/said.ts'

type Flag = { [Key in keyof StageLook]: StageLook[Key] extends boolean ? Key : never }[keyof StageLook]

const toggle = (id: string, flag: Flag, label: string, shortcut: string): Action => ({
  id,
  label,
  group: 'View',
  shortcuts: [shortcut],
  enabled: hasProject,
  checked: ({ workbench }) => workbench.look[flag],
  run({ workbench }) {
    const state = workbench.getState()
    state.setLook({ [flag]: !state.look[flag] })
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
  toggle('names', 'names', msg('Names of classes at the objects'), 'K'),
  toggle('crosshair', 'crosshair', msg('Crosshair'), 'C'),
  toggle('pixel-grid', 'grid', msg('Pixel grid, when zoomed far in'), 'Shift+C'),
  toggle('share-vertices', 'shareVertices', msg('Edit shared vertices together'), 'Alt+V'),
  toggle('minimap', 'minimap', msg('Minimap, when zoomed in'), 'Shift+W'),
  toggle('keep-zoom', 'keepZoom', msg('Keep the zoom between images of a size'), 'Shift+F'),
]
