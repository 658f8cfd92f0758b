/**
 * The workbench: the image on screen, the mirror of its annotations, and the tools. Composes the desk (tools and their
 * effects), the ask line (model) and the view into one store; the only place of the renderer that commits annotations.
 */
import { stepToImage } from '../../common/geometry/viewport.ts'
import { createStore } from 'zustand/vanilla'
import type { EventPayload } from '../../common/contract.ts'
import { imagesDiff, statusDiff, type Diff } from '../../common/diff.ts'
import type { KeptMask } from '../../common/kept-mask.ts'
import { hasCode } from '../../common/errors.ts'
import { isSameRecord } from '../../common/new-records.ts'
import type { ImageId } from '../../common/model.ts'
import { onTop } from '../../common/object-order.ts'
import { editingTool, refiningTool } from '../tools/all-tools.ts'
import type { PointerInput } from '../tools/events.ts'
import { noLabel } from '../tools/hand-made.ts'
import { ontoOf } from '../tools/onto.ts'
import { freshStates, toolOf } from '../tools/tool-states.ts'
import { firstBrushSize, resizedBrush } from './brush-size.ts'
import { derived, remadeIn } from './derive.ts'
import { createSegmentation } from '../segmentation/segmentation.ts'
import { lostText, unshownText } from './words.ts'
import { createDesk } from './desk.ts'
import { createDetailing } from './detailing.ts'
import { lockedOf } from './locks.ts'
import { createObjectEdits } from './object-edits.ts'
import { createSelecting } from './selecting.ts'
import { keptOf, noSelection, selectionOf } from './selection.ts'
import { createDocument } from './document.ts'
import { createMending } from './mending.ts'
import { createPlacing } from './placing.ts'
import { initialStage, initialWorkbench, nothingShown } from './initial.ts'
import type { Workbench, WorkbenchPorts, WorkbenchStore } from './store.ts'
import { createTakeImage } from './take-image.ts'
import { fitted, keepsView } from './view.ts'
import { createViewing } from './viewing.ts'
import { errorText } from '../texts/heard.ts'

export const createWorkbench = (ports: WorkbenchPorts): Workbench => {
  const { client, notify } = ports
  /** Counts openImage calls: only the newest one's answer is shown. */
  let opening = 0
  /** The last image that was asked for, on screen or on its way. */
  let wanted: ImageId | null = null
  let isBrushChosen = false

  const report = (thrown: unknown) => {
    if (!hasCode(thrown, 'superseded')) notify('error', errorText(thrown))
  }

  return createStore<WorkbenchStore>((set, get) => {
    const derive = () => {
      const now = derived(get())
      const isDrafting = now.draft !== null
      set({ ...now, canUndo: doc.canUndo() || isDrafting, canRedo: doc.canRedo() && !isDrafting })
      detailing.update()
    }

    const takeImage = createTakeImage({ client, get, set, report, forget: () => segmentation.forget() })
    const showDocument = () => {
      const annotations = detailing.shown(doc.annotations())
      const there = new Set(annotations.map(({ id }) => id))
      const { hovered, image } = get()
      const record = doc.record()
      const { selection, selected } = keptOf(get(), (id) => there.has(id))
      set({
        annotations,
        selection,
        selected,
        hovered: hovered !== null && there.has(hovered) ? hovered : null,
      })
      if (image && record && !isSameRecord(image, record)) takeImage({ ...image, ...record })
      derive()
      desk.tell({ type: 'changed' })
    }
    const doc = createDocument({ client, notify, onChange: showDocument })

    const selecting = createSelecting({
      ...ports,
      read: get,
      set,
      onChange() {
        derive()
        desk.tell({ type: 'changed' })
      },
    })
    const { showLabels } = selecting
    const detailing = createDetailing({
      ...ports,
      read: get,
      show: (detail) => set({ detail }),
      onTry: showDocument,
      stored: () => doc.annotations(),
      commit: (diff) => doc.commit(diff),
    })
    const showObjectsOf = ({ annotations: { added, updated } }: Diff) => {
      const { image } = get()
      const now = [...added, ...updated.map(([, to]) => to)]
      selecting.showObjects(now.filter(({ imageId }) => imageId === image?.id))
    }
    const commit = (diff: Diff, masks?: readonly KeptMask[]) => {
      detailing.settle()
      showObjectsOf(diff)
      const added = onTop(diff.annotations.added, get().annotations)
      return doc.commit({ ...diff, annotations: { ...diff.annotations, added } }, masks)
    }

    const segmentation = createSegmentation({
      askMasks: ports.askMasks,
      scene() {
        const { image, pointer, tool, tools, loading, draft, committing, inference, preview } = get()
        return {
          imageId: image?.id ?? null,
          pointer,
          isFree: !loading && toolOf(tool).asks?.isFree(tools[tool]) === true,
          isDrafting: draft !== null,
          committing,
          ready: inference?.ready ?? [],
          preview,
        }
      },
      isPreviewOn: () => ports.getSettings()?.hoverPreview === true,
      showPreview: (preview) => set({ preview }),
      onRest: (point) => desk.send({ type: 'rest', point }),
      mustAnswer: (imageId) => desk.committing(imageId) > 0,
      isAwaited: (imageId, revision) => desk.isAwaited(imageId, revision),
    })

    const desk = createDesk({
      ...ports,
      read: get,
      show(tools) {
        const before = get()
        if (tools === before.tools) return
        set({ tools })
        const [old, now] = [remadeIn(before.tools), remadeIn(tools)]
        // The object was made anew, or is left as it was: it is what the user goes on with.
        if (old && !now && before.tool === old.tool)
          set({ tool: editingTool, ...selectionOf([old.target.id]) })
        // It could not be stored: the draft is there again.
        else if (!old && now) set({ tool: now.tool, ...noSelection })
        derive()
        segmentation.update()
      },
      select: (id) => get().select(id),
      hover: (id) => get().hover(id),
      moveSelected: (dx, dy) => objects.move([...get().selection], dx, dy),
      segmentation,
      commit,
      remove: ({ id }) => void objects.remove([id]),
    })
    const objects = createObjectEdits({ ...ports, read: get, commit })

    const inHand = () => toolOf(get().tool)

    /** A press that is about the selected object. */
    const isOnto = (press: Pick<PointerInput, 'shift' | 'alt'>): boolean => {
      const { draft, selection } = get()
      if (draft) return draft.onto !== undefined
      return ontoOf(press, get()) !== null || (inHand().paintsSelection === true && selection.size === 1)
    }

    const keepLabel = (removed: readonly string[] = []) => {
      const labels = ports.getLabels().filter((label) => !removed.includes(label.id))
      const { currentLabelId } = get()
      if (!labels.some((label) => label.id === currentLabelId)) set({ currentLabelId: labels[0]?.id ?? null })
    }

    const applied = (payload: EventPayload<'edit.applied'>) => {
      const { added, removed } = payload.diff.labels
      if (removed.length > 0) keepLabel(removed.map((label) => label.id))
      if (get().currentLabelId === null && added[0]) set({ currentLabelId: added[0].id })
      showObjectsOf(payload.diff)
      doc.apply(payload)
    }

    const inferenceChanged = (inference: EventPayload<'inference.changed'>) => {
      const encoding = inference.state === 'encoding' && inference.imageId === get().image?.id
      const encodingSince = encoding ? (get().encodingSince ?? performance.now()) : null
      const { image, inference: before } = get()
      const isHeld = image !== null && inference.ready.includes(image.id)
      if (!isHeld || inference.modelId !== before?.modelId) segmentation.forget()
      set({ inference, encodingSince })
      derive()
      segmentation.update()
    }

    const putAway = () => {
      detailing.settle()
      desk.shelve()
      doc.close()
      set({ ...noSelection, ...nothingShown, tools: freshStates })
    }

    const stops = [
      client.on('edit.applied', applied),
      client.on('inference.changed', inferenceChanged),
      client.on('settings.changed', () => {
        segmentation.forget()
        segmentation.update()
      }),
      client.on('images.changed', ({ images }) => {
        const shown = get().image
        const image = images.find(({ id }) => id === shown?.id)
        if (!image || !shown) return
        takeImage({ ...image, ...doc.record() })
        // Another picture lies in the file now.
        if (image.width !== shown.width || image.height !== shown.height) set(fitted(get()))
      }),
    ]
    client.call('inference.status', {}).then(inferenceChanged, report)

    return {
      ...initialWorkbench,
      ...initialStage,

      async openImage(imageId, ahead) {
        const mine = ++opening
        wanted = imageId
        set({ loading: true })
        client.call('inference.focus', { imageId, ahead: ahead.slice(0, 16) }).catch(report)
        try {
          const opened = await client.call('images.open', { imageId })
          if (mine !== opening) return
          const before = get()
          const same = before.image?.id === imageId
          if (!same) putAway()
          doc.open(imageId, opened)
          const tools = same ? get().tools : desk.unshelve(imageId)
          const loading = opened.image.problem === null && !same
          const image = { ...opened.image, ...doc.record() }
          set({ image, annotations: doc.annotations(), tools, loading, ahead })
          if (!same && !keepsView(before, image)) set(fitted(get()))
          if (!isBrushChosen) set({ brushSize: firstBrushSize(get().view.scale) })
          keepLabel()
          const { inference } = get()
          if (inference) inferenceChanged(inference)
          derive()
          desk.tell({ type: 'resume' })
        } catch (thrown) {
          if (mine !== opening) return
          set({ loading: false })
          report(thrown)
        }
      },
      async refresh() {
        keepLabel()
        await doc.refresh()
      },
      closeImage() {
        const lost = desk.committing()
        if (lost > 0) notify('warning', lostText(lost))
        opening += 1
        wanted = null
        putAway()
        desk.clear()
        set({ currentLabelId: null, hiddenLabels: new Set(), hiddenObjects: new Set() })
        derive()
        client.call('inference.focus', { imageId: null, ahead: [] }).catch(report)
      },
      setTool(tool) {
        if (tool === get().tool) return
        desk.send({ type: 'abort' })
        set({ tool, hovered: null })
        derive()
        segmentation.update()
      },
      confirm() {
        const { currentLabelId, draft } = get()
        if (!draft) return
        const labelId = draft.replaces?.labelId ?? draft.onto?.from.labelId ?? currentLabelId
        if (labelId === null) notify(noLabel.level, noLabel.message)
        else desk.send({ type: 'confirm', labelId })
      },
      cancel() {
        const { pick, selection, selected, draft, inGesture } = get()
        if (pick) return get().pickWith({ type: 'abort' })
        if (selection.size > 1 && draft === null && !inGesture) return get().select(selected)
        desk.send({ type: 'cancel' })
        // The first Esc drops what is in the making, the next one the selection.
        if (!inHand().editsSelection && draft === null && !inGesture) get().select(null)
      },
      back() {
        if (get().draft) desk.send({ type: 'back' })
      },
      deleteSelected() {
        const { selection } = get()
        if (selection.size === 1 && inHand().editsSelection) desk.send({ type: 'delete' })
        else get().deleteAnnotations([...selection])
      },
      nudge(dx, dy) {
        const { takesArrows, selection, view } = get()
        if (!takesArrows) return false
        // To the right means as it is seen.
        const { x, y } = stepToImage({ ...view, scale: 1 }, { x: dx, y: dy })
        if (selection.size > 1) objects.move([...selection], x, y)
        else desk.send({ type: 'nudge', dx: x, dy: y })
        return true
      },
      resizeBrush(factor) {
        isBrushChosen = true
        set({ brushSize: resizedBrush(get().brushSize, factor) })
      },
      cycleCandidate: () => desk.send({ type: 'cycle' }),
      chooseCandidate: (index) => desk.send({ type: 'choose', index }),
      toggleZoomRefine: () => desk.send({ type: 'zoom' }),
      refine(annotationId, zoom, reopens = false) {
        const target = get().loading ? null : (objects.free([annotationId])[0] ?? null)
        if (!target) return
        get().setTool(refiningTool)
        get().select(null)
        desk.send({ type: 'refine', target, zoom, reopens })
      },
      pickLabel(labelId) {
        set({ currentLabelId: labelId })
        showLabels([labelId])
        const { draft, selection } = get()
        if (draft?.complete) desk.send({ type: 'confirm', labelId })
        else get().setAnnotationLabel([...selection], labelId)
      },
      ...selecting.actions,
      hover(hovered) {
        if (hovered !== get().hovered) set({ hovered })
      },
      setAnnotationLabel: (ids, labelId) => void objects.setLabel(ids, labelId),
      tell: (ids, told) => objects.tell(ids, told),
      deleteAnnotations: (ids) => void objects.remove(ids),
      toggleLocked: (ids) => objects.toggleLocked(ids),
      acceptProposals: (ids) => objects.accept(ids),
      mend: createMending({ ...ports, read: get, commit, objects }),
      place: createPlacing({
        ...ports,
        read: get,
        commit,
        select(ids) {
          if (get().draft === null) get().setTool(editingTool)
          get().selectAll(ids)
        },
      }),
      reorderSelected: (way) => objects.reorder([...get().selection], way),
      ...detailing.actions,
      combineSelected: (how) => void objects.combine([...get().selection], how),
      async setStatus(status) {
        const { image } = get()
        return !image || image.status === status || doc.commit(statusDiff(image, status))
      },
      async mark(change) {
        const { image } = get()
        return (
          !image || isSameRecord(image, { ...image, ...change }) || doc.commit(imagesDiff([[image, change]]))
        )
      },
      async undo() {
        detailing.settle()
        if (get().draft) desk.send({ type: 'back' })
        else await doc.undo()
      },
      redo: () => doc.redo(),
      setLook: (change) => set({ look: { ...get().look, ...change } }),
      peek: (peeking) => set({ peeking }),
      ...createViewing({ read: get, set }),

      send(event) {
        if (event.type === 'down' && !inHand().editsSelection && !isOnto(event)) get().select(null)
        desk.send(event)
      },
      labelsChanged() {
        const lockedLabels = lockedOf(ports.getLabels(), get().lockedLabels)
        if (lockedLabels === get().lockedLabels) return
        set({ lockedLabels })
        desk.tell({ type: 'changed' })
      },
      setPointer(pointer) {
        set({ pointer })
        segmentation.update()
      },
      unstored() {
        detailing.settle()
        return desk.committing() + doc.unstored()
      },
      imageShown(imageId) {
        if (imageId === wanted && get().image?.id === imageId) set({ loading: false })
      },
      imageFailed(imageId, message) {
        const { image } = get()
        if (image?.id !== imageId) return
        // Its header could be read, its pixels can't: shown as any other broken image until it is opened anew.
        const problem = unshownText(message)
        set({ loading: false, image: { ...image, problem } })
      },
      close() {
        segmentation.close()
        stops.forEach((stop) => stop())
      },
    }
  })
}
