/** Calls about classes, and every change that undo takes back. */
import { imagesOfDiff } from '../../common/diff.ts'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { readClassList, writeClassList } from '../classes/class-list.ts'
import { mergeLabelDiff } from '../editing/merge-label.ts'
import { renameAttributesDiff } from '../editing/rename-attributes.ts'
import { moveWholeRun } from '../editing/undo-run.ts'
import { listedNames } from '../project/first-labels.ts'
import type { Of, Parts } from './parts.ts'

/** As many as a list shows without a search. */
const SHOWN_RUNS = 30

export const editHandlers = ({ workspace, works }: Parts): Of<'labels'> & Of<'edit'> & Of<'damaged'> => ({
  'labels.list': () => ({ labels: workspace.project().store.labels.list() }),
  'labels.listed': () => ({ names: listedNames(workspace.project().folder).slice(0, 10_000) }),
  'labels.usage': ({ labelId }) => {
    const { store } = workspace.project()
    if (store.labels.get(labelId) === null)
      throw new CodedError('not-found', said('This class does not exist any more.'))
    return store.annotations.usage(labelId)
  },
  'labels.delete': ({ labelId }) => workspace.project().editing.deleteLabel(labelId),
  'labels.readList': ({ name, text }) => ({ classes: readClassList(name, text) }),
  'labels.writeList': ({ kind }) => writeClassList(kind, workspace.project().store.labels.list()),
  'labels.describe': (request) => {
    const { store, editing } = workspace.project()
    editing.commit(renameAttributesDiff(store, request))
    return {}
  },
  'labels.merge': (request) => {
    const { store, editing } = workspace.project()
    const usage = store.annotations.usage(request.from)
    const diff = mergeLabelDiff(store, request)
    editing.commit(diff)
    return { ...usage, imageId: imagesOfDiff(diff)[0] ?? null }
  },
  'edit.commit': ({ diff, masks }) => {
    workspace.project().editing.commit(diff, undefined, masks)
    return {}
  },
  'damaged.list': ({ imageId }) => ({ damaged: workspace.project().store.damaged.ofImage(imageId) }),
  'damaged.delete': ({ imageId, sequence }) => {
    workspace.project().damaged.remove(imageId, sequence)
    return {}
  },
  'damaged.restore': ({ imageId, sequence }) => {
    workspace.project().damaged.restore(imageId, sequence)
    return {}
  },
  'edit.undo': ({ imageId }) => ({ done: workspace.project().editing.undo(imageId) }),
  'edit.redo': ({ imageId }) => ({ done: workspace.project().editing.redo(imageId) }),
  'edit.runs': () => ({
    runs: workspace
      .project()
      .editing.runs(SHOWN_RUNS)
      .map((run) => ({ ...run, title: works.titleOf(run.run) })),
  }),
  'edit.undoRun': ({ run }) => moveWholeRun(() => workspace.project().editing, run, 'undo'),
  'edit.redoRun': ({ run }) => moveWholeRun(() => workspace.project().editing, run, 'redo'),
  'edit.steps': ({ imageId, limit }) => workspace.project().editing.steps(imageId, limit),
  'edit.history': ({ imageId }) => workspace.project().editing.history(imageId),
})
