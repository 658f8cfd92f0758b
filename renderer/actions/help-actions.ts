/** What helps on: commands, keys, the version, the licences. */
import type { Action } from './action.ts'
import { msg } from '../../common/said.ts'

export const helpActions: readonly Action[] = [
  {
    id: 'palette',
    label: msg('Find a command…'),
    group: 'Help',
    shortcuts: ['Mod+K'],
    enabled: () => true,
    run: ({ view }) => view.show('palette'),
  },
  {
    id: 'shortcuts',
    label: msg('Keyboard shortcuts'),
    group: 'Help',
    shortcuts: ['?'],
    enabled: () => true,
    run: ({ view }) => view.show('shortcuts'),
  },
  {
    id: 'change-shortcuts',
    label: msg('Change shortcuts…'),
    group: 'Help',
    shortcuts: [],
    enabled: () => true,
    run: ({ view }) => view.show('keys'),
  },
  {
    id: 'updates',
    label: msg('Check for updates…'),
    group: 'Help',
    shortcuts: [],
    enabled: () => true,
    run: ({ view }) => view.show('updates'),
  },
  {
    id: 'licences',
    label: msg('Licences'),
    group: 'Help',
    shortcuts: [],
    enabled: () => true,
    run: ({ view }) => view.show('licences'),
  },
]
