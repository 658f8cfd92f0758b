/** Folders, export, settings. */
import { msg } from '../../common/said.ts'
import { besideFormats } from '../../common/formats.ts'
import { chooseFile } from '../state/choose-file.ts'
import { openTask, openTaskText } from '../state/open-task.ts'
import { attempt } from '../state/report.ts'
import { t } from '../texts/t.ts'
import { hasProject, type Action } from './action.ts'

export const fileActions: readonly Action[] = [
  {
    id: 'open-folder',
    label: msg('Open folder…'),
    group: 'File',
    shortcuts: ['Mod+O'],
    enabled: () => true,
    async run(session) {
      if (!session.store.getState().info?.nativeDialog) {
        session.view.show('open-folder')
        return
      }
      const { folder } = await session.client.call('folders.choose', { title: t('Open a folder of images') })
      if (folder !== null) await session.openFolder(folder)
    },
  },
  {
    id: 'open-film',
    label: msg('Open film…'),
    group: 'File',
    shortcuts: ['Mod+Shift+O'],
    summary: msg('Open a film as a folder of its frames'),
    enabled: () => true,
    run: (session) => session.view.show('film'),
  },
  {
    id: 'open-sample',
    label: msg('Open the sample photos'),
    group: 'File',
    shortcuts: [],
    enabled: () => true,
    async run(session) {
      const { folder } = await session.client.call('project.sample', {})
      await session.openFolder(folder)
    },
  },
  {
    id: 'open-task',
    label: msg('Open a task…'),
    group: 'File',
    shortcuts: [],
    summary: msg('Open a task: only the images that somebody was given (maskwright assign)'),
    enabled: hasProject,
    async run(session) {
      if (!session.store.getState().info?.nativeDialog) {
        chooseFile('.json', (file) => attempt(openTaskText(session, file)))
        return
      }
      const wanted = { title: t('Open a task'), kind: t('Tasks'), extensions: ['json'] }
      const { file } = await session.client.call('files.choose', wanted)
      if (file !== null) await openTask(session, { from: 'file', file })
    },
  },
  {
    id: 'close-task',
    label: msg('Close the task'),
    group: 'File',
    shortcuts: [],
    summary: msg('Close the task: show all images'),
    enabled: ({ project }) => (project?.task ?? null) !== null,
    async run({ client }) {
      await client.call('tasks.close', {})
    },
  },
  {
    id: 'export',
    label: msg('Export…'),
    group: 'File',
    shortcuts: ['Mod+E'],
    enabled: hasProject,
    run: (session) => session.view.show('export'),
  },
  {
    id: 'mirror',
    label: msg('{format} beside the photos…'),
    values: { format: besideFormats[0]!.name },
    group: 'File',
    shortcuts: [],
    enabled: hasProject,
    run: (session) => session.view.show('mirror'),
  },
  {
    id: 'write-back',
    label: msg('Write the project back'),
    group: 'File',
    shortcuts: [],
    enabled: ({ project }) => project?.lost?.canWriteBack === true,
    async run({ client }) {
      await client.call('project.rescue', { to: 'back' })
    },
  },
  {
    id: 'statistics',
    label: msg('Statistics…'),
    group: 'File',
    shortcuts: ['Shift+S'],
    summary: msg('Statistics: what is labelled, how fast, and what is left'),
    enabled: hasProject,
    run: (session) => session.view.show('statistics'),
  },
  {
    id: 'settings',
    label: msg('Settings…'),
    group: 'File',
    shortcuts: ['Mod+,'],
    enabled: () => true,
    run: (session) => session.view.show('settings'),
  },
]
