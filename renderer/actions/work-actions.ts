/** Work on many images or many objects at once. */
import { hasImage, hasProject, type Action } from './action.ts'
import { msg } from '../../common/said.ts'

export const workActions: readonly Action[] = [
  {
    id: 'prepare-folder',
    label: msg('Prepare folder'),
    group: 'File',
    shortcuts: ['Mod+Shift+P'],
    summary: msg('Prepare the folder: encode all images ahead, so that each first click is answered at once'),
    enabled: hasProject,
    async run({ work, store }) {
      await work.start('prepare', { quality: store.getState().settings?.quality })
    },
  },
  {
    id: 'import-labels',
    label: msg('Import labels…'),
    group: 'File',
    shortcuts: ['Mod+I'],
    summary: msg('Labels of other programs become objects'),
    enabled: hasProject,
    run: (session) => session.view.show('import'),
  },
  {
    id: 'merge',
    label: msg('Merge a colleague’s copy…'),
    group: 'File',
    shortcuts: [],
    summary: msg('What somebody else has labelled in a copy of the folder comes into this project'),
    enabled: hasProject,
    run: (session) => session.view.show('merge'),
  },
  {
    id: 'boxes-to-masks',
    label: msg('Boxes to masks…'),
    group: 'File',
    shortcuts: ['Mod+Shift+M'],
    summary: msg('Boxes of a detector become masks'),
    enabled: hasProject,
    run: (session) => session.view.show('boxes'),
  },
  {
    id: 'detect',
    label: msg('Label with a detector…'),
    group: 'File',
    shortcuts: ['Mod+Shift+D'],
    summary: msg('A detector of your own labels the images'),
    enabled: hasProject,
    run: (session) => session.view.show('detect'),
  },
  {
    id: 'check-project',
    label: msg('Check the project…'),
    group: 'File',
    shortcuts: ['Mod+Shift+K'],
    summary: msg('Check the project: what is wrong with objects, images and classes, and its repair'),
    enabled: hasProject,
    run: (session) => session.view.show('checks'),
  },
  {
    id: 'find-everything',
    label: msg('Find everything in this image'),
    group: 'Object',
    shortcuts: ['Shift+E'],
    enabled: hasImage,
    async run({ work, workbench }) {
      const image = workbench.getState().image
      if (image) await work.findEverything(image.id)
    },
  },
]
