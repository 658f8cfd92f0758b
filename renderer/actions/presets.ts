/**
 * Keys as other programs have them, for whoever has them in the fingers. What those programs have no key for stays as
 * it is here, and what would be in the way moves aside.
 *
 * Sources: AnyLabeling, `anylabeling/configs/anylabeling_config.yaml`, and F for "Finish Object (f)" of its panel of
 * smart labelling; labelme, `labelme/config/default_config.yaml`; CVAT, its manual's table of shortcuts
 * (`site/content/en/docs/manual/advanced/shortcuts.md`, before CVAT let them be changed), and N, which begins a shape
 * there and finishes it too.
 */
import type { ChangedKeys } from './keymap.ts'

interface Preset {
  readonly id: 'maskwright' | 'anylabeling' | 'labelme' | 'cvat'
  readonly name: string
  readonly shortcuts: ChangedKeys
}

/** AnyLabeling began as labelme, and has its keys. */
const labelme: ChangedKeys = {
  'open-folder': ['Mod+U', 'Mod+O'],
  'next-image': ['D', 'Mod+Shift+D', 'ArrowRight', 'ArrowDown'],
  'previous-image': ['A', 'Mod+Shift+A', 'ArrowLeft', 'ArrowUp'],
  'zoom-in': ['Mod++', 'Mod+=', '+', '='],
  'zoom-out': ['Mod+-', '-'],
  'zoom-actual': ['Mod+0', '0'],
  fit: ['Mod+F', 'F'],
  'tool-polygon': ['Mod+N', 'P'],
  'tool-rectangle': ['Mod+R', 'R'],
  'tool-select': ['Mod+J', 'V'],
  'find-class': ['Mod+E', '/'],
  // Moved aside.
  detect: ['Alt+D'],
  'select-class': ['Mod+Alt+A'],
  'toggle-right': ['Mod+Shift+J'],
  export: ['Mod+Shift+E'],
}

const classKeys = Object.fromEntries(
  [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => [`class-${digit}`, [String(digit), `Mod+${digit}`]]),
)

export const presets: readonly Preset[] = [
  { id: 'maskwright', name: 'Maskwright', shortcuts: {} },
  {
    id: 'anylabeling',
    name: 'AnyLabeling',
    shortcuts: {
      ...labelme,
      'tool-polygon': ['P', 'Mod+N'],
      'tool-rectangle': ['R', 'Mod+R'],
      confirm: ['F', 'Enter', 'Space'],
      group: ['G'],
      fit: ['Mod+F'],
      grow: ['Alt+G'],
    },
  },
  { id: 'labelme', name: 'labelme', shortcuts: labelme },
  {
    id: 'cvat',
    name: 'CVAT',
    shortcuts: {
      'next-image': ['F', 'ArrowRight', 'ArrowDown'],
      'previous-image': ['D', 'ArrowLeft', 'ArrowUp'],
      shortcuts: ['F1', '?'],
      settings: ['F2', 'Mod+,'],
      'go-to-image': ['`', '~', 'Mod+G'],
      confirm: ['N', 'Enter', 'Space'],
      join: ['M', 'J'],
      group: ['G'],
      hide: ['H'],
      delete: ['Delete', 'Shift+Delete'],
      'order-backward': ['-', '_', 'PageDown'],
      'order-forward': ['+', '=', 'PageUp'],
      'follow-through': ['Mod+B', 'Alt+X'],
      ...classKeys,
      // Moved aside.
      fit: ['Alt+F'],
      grow: ['Alt+G'],
      'rename-class': ['Alt+F2'],
      'add-class': ['Mod+Alt+N'],
      'toggle-done': ['Alt+D'],
      'hover-preview': ['Shift+H'],
      'zoom-in': ['Mod++', 'Mod+='],
      'zoom-out': ['Mod+-'],
      'toggle-left': ['Mod+Shift+B'],
    },
  },
]

const textOf = (keys: ChangedKeys) =>
  JSON.stringify(Object.entries(keys).toSorted(([a], [b]) => (a < b ? -1 : 1)))

/** The preset that the keys are; null when they are the user's own. */
export const presetOf = (changed: ChangedKeys): Preset | null =>
  presets.find(({ shortcuts }) => textOf(shortcuts) === textOf(changed)) ?? null
