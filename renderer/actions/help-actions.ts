/** What helps on: commands, keys, the version, the licences. */
import type { Action } from './action.ts'

export const helpActions: readonly Action[] = [
  {
    id: 'palette',
    label: 'Find a command…',
    group: 'Help',
    shortcuts: ['Mod+K'],
    enabled: () => true,
    run: ({ view }) => view.show('palette'),
  },
  {
    id: 'shortcuts',
    label: 'Keyboard shortcuts',
    group: 'Help',
    shortcuts: ['?'],
    enabled: () => true,
    run: ({ view }) => view.show('shortcuts'),
  },
  {
    id: 'change-shortcuts',
    label: 'Change shortcuts…',
    group: 'Help',
    shortcuts: [],
    enabled: () => true,
    run: ({ view }) => view.show('keys'),
  },
  {
    id: 'updates',
    label: 'Check for updates…',
    group: 'Help',
    shortcuts: [],
    enabled: () => true,
    run: ({ view }) => view.show('updates'),
  },
  {
    id: 'licences',
    label: 'Licences',
    group: 'Help',
    shortcuts: [],
    enabled: () => true,
    run: ({ view }) => view.show('licences'),
  },
]
