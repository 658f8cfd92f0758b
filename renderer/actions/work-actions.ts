/** Work on many images or many objects at once. */
import { hasImage, hasProject, type Action } from './action.ts'

export const workActions: readonly Action[] = [
  {
    id: 'prepare-folder',
    label: 'Prepare folder',
    group: 'File',
    shortcuts: ['Mod+Shift+P'],
    summary: 'Prepare the folder: encode all images ahead, so that each first click is answered at once',
    enabled: hasProject,
    async run({ work, store }) {
      await work.start('prepare', { quality: store.getState().settings?.quality })
    },
  },
  {
    id: 'import-labels',
    label: 'Import labels…',
    group: 'File',
    shortcuts: ['Mod+I'],
    summary: 'Labels of other programs become objects',
    enabled: hasProject,
    run: (session) => session.view.show('import'),
  },
  {
    id: 'merge',
    label: 'Merge a colleague’s copy…',
    group: 'File',
    shortcuts: [],
    summary: 'What somebody else has labelled in a copy of the folder comes into this project',
    enabled: hasProject,
    run: (session) => session.view.show('merge'),
  },
  {
    id: 'boxes-to-masks',
    label: 'Boxes to masks…',
    group: 'File',
    shortcuts: ['Mod+Shift+M'],
    summary: 'Boxes of a detector become masks',
    enabled: hasProject,
    run: (session) => session.view.show('boxes'),
  },
  {
    id: 'detect',
    label: 'Label with a detector…',
    group: 'File',
    shortcuts: ['Mod+Shift+D'],
    summary: 'A detector of your own labels the images',
    enabled: hasProject,
    run: (session) => session.view.show('detect'),
  },
  {
    id: 'check-project',
    label: 'Check the project…',
    group: 'File',
    shortcuts: ['Mod+Shift+K'],
    summary: 'Check the project: what is wrong with objects, images and classes, and its repair',
    enabled: hasProject,
    run: (session) => session.view.show('checks'),
  },
  {
    id: 'find-everything',
    label: 'Find everything in this image',
    group: 'Object',
    shortcuts: ['Shift+E'],
    enabled: hasImage,
    async run({ work, workbench }) {
      const image = workbench.getState().image
      if (image) await work.findEverything(image.id)
    },
  },
]
