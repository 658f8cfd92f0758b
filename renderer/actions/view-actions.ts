/** Zoom, panels, theme, help. */
import { mirrored, quarterLeft, quarterRight, type Turn } from '../../common/geometry/viewport.ts'
import { channels, plainView } from '../state/levels.ts'
import { showSwitch } from '../state/report.ts'
import { hasImage, hasProject, type Action } from './action.ts'
import { msg } from '../../common/said.ts'

const HOVER_PREVIEW = msg('Preview the mask under the pointer')
const themes = ['system', 'light', 'dark'] as const

const turning = (id: string, label: string, shortcut: string, by: Turn): Action => ({
  id,
  label,
  group: 'View',
  shortcuts: [shortcut],
  enabled: hasImage,
  run: ({ workbench }) => workbench.getState().turnView(by),
})

/** Of the view alone: nothing of the image and its objects. */
const turns: readonly Action[] = [
  turning('view-right', msg('Turn the view to the right'), 'Alt+T', quarterRight),
  turning('view-left', msg('Turn the view to the left'), 'Alt+Shift+T', quarterLeft),
  turning('view-mirror', msg('Mirror the view'), 'Alt+M', mirrored),
  {
    id: 'view-upright',
    label: msg('The view upright again'),
    group: 'View',
    shortcuts: ['Alt+Shift+M'],
    enabled: ({ workbench }) => workbench.image !== null && workbench.isTurned,
    whyNot: msg('The view is upright.'),
    run: ({ workbench }) => workbench.getState().turnView(null),
  },
]

export const viewActions: readonly Action[] = [
  {
    id: 'fit',
    label: msg('Fit the image to the window'),
    group: 'View',
    shortcuts: ['F'],
    enabled: hasImage,
    run: ({ workbench }) => workbench.getState().fit(),
  },
  {
    id: 'zoom-in',
    label: msg('Zoom in'),
    group: 'View',
    shortcuts: ['+', '='],
    repeats: true,
    enabled: hasImage,
    run: ({ workbench }) => workbench.getState().zoomBy(1.25),
  },
  {
    id: 'zoom-out',
    label: msg('Zoom out'),
    group: 'View',
    shortcuts: ['-'],
    repeats: true,
    enabled: hasImage,
    run: ({ workbench }) => workbench.getState().zoomBy(1 / 1.25),
  },
  {
    id: 'zoom-actual',
    label: msg('One pixel of the screen for each of the image (100%)'),
    group: 'View',
    shortcuts: ['0'],
    enabled: hasImage,
    run: ({ workbench }) => workbench.getState().zoomTo(1, window.devicePixelRatio),
  },
  ...turns,
  {
    id: 'levels',
    label: msg('Brightness, contrast, gamma and channel of the view'),
    group: 'View',
    shortcuts: ['Shift+B'],
    enabled: hasImage,
    run: ({ view }) => view.set({ levelsOpen: !view.store.getState().levelsOpen }),
  },
  {
    id: 'next-channel',
    label: msg('Show red, green, blue or grey alone, then all again'),
    group: 'View',
    shortcuts: ['Alt+C'],
    enabled: hasImage,
    run({ store, workbench, levels }) {
      const [file, path] = [store.getState().project?.file, workbench.getState().image?.path]
      if (file === undefined || path === undefined) return
      const at = channels.indexOf(levels.of(file, path).levels.channel)
      levels.set(file, path, { channel: channels[(at + 1) % channels.length]! })
    },
  },
  {
    id: 'reset-levels',
    label: msg('Show the image as it is'),
    group: 'View',
    shortcuts: ['Alt+Shift+B'],
    enabled: hasImage,
    run({ store, workbench, levels }) {
      const [file, path] = [store.getState().project?.file, workbench.getState().image?.path]
      if (file !== undefined && path !== undefined) levels.set(file, path, plainView)
    },
  },
  {
    id: 'hover-preview',
    label: HOVER_PREVIEW,
    group: 'View',
    shortcuts: ['H'],
    enabled: (state) => hasProject(state) && state.settings !== null,
    checked: (state) => state.settings?.hoverPreview === true,
    run(session) {
      const hoverPreview = session.store.getState().settings?.hoverPreview !== true
      session.changeSettings({ hoverPreview })
      showSwitch('hover-preview', HOVER_PREVIEW, hoverPreview)
    },
  },
  {
    id: 'toggle-left',
    label: msg('Show or hide the image list'),
    group: 'View',
    shortcuts: ['Mod+B'],
    enabled: () => true,
    run: ({ view }) => view.set({ leftOpen: !view.store.getState().leftOpen }),
  },
  {
    id: 'toggle-right',
    label: msg('Show or hide classes and objects'),
    group: 'View',
    shortcuts: ['Mod+J'],
    enabled: () => true,
    run: ({ view }) => view.set({ rightOpen: !view.store.getState().rightOpen }),
  },
  {
    id: 'theme',
    label: msg('Switch between light and dark'),
    group: 'View',
    shortcuts: [],
    enabled: (state) => state.settings !== null,
    run(session) {
      const now = themes.indexOf(session.store.getState().settings?.theme ?? 'system')
      session.changeSettings({ theme: themes[(now + 1) % themes.length]! })
    },
  },
]
