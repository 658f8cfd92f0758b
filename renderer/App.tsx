/** The window: top bar, image list, stage, classes and objects, status bar, and the dialogs over them. */
import { Tooltip } from 'radix-ui'
import { useEffect, type MouseEvent, type ReactNode } from 'react'
import { listenToKeys } from './actions/keyboard.ts'
import { platformOf } from './actions/shortcut.ts'
import { ClassesPanel } from './panels/classes/ClassesPanel.tsx'
import { ConnectionBanner, type Connection } from './panels/ConnectionBanner.tsx'
import { LostBanner } from './panels/LostBanner.tsx'
import { Splitter } from './panels/controls/Splitter.tsx'
import { Toasts } from './panels/controls/Toasts.tsx'
import { WorkCards } from './panels/work/WorkCards.tsx'
import { KeysDialog } from './panels/keys/KeysDialog.tsx'
import { FilmDialog } from './panels/film/FilmDialog.tsx'
import { MergeDialog } from './panels/merge/MergeDialog.tsx'
import { ImportDialog } from './panels/import/ImportDialog.tsx'
import { ImportOffer } from './panels/import/ImportOffer.tsx'
import { BoxesDialog } from './panels/work/BoxesDialog.tsx'
import { ChecksDialog } from './panels/checks/ChecksDialog.tsx'
import { CommandPalette } from './panels/dialogs/CommandPalette.tsx'
import { ExportDialog } from './panels/dialogs/ExportDialog.tsx'
import { LicencesDialog } from './panels/dialogs/LicencesDialog.tsx'
import { MirrorDialog } from './panels/dialogs/MirrorDialog.tsx'
import { OpenFolderDialog } from './panels/dialogs/OpenFolderDialog.tsx'
import { HeldDialog } from './panels/dialogs/HeldDialog.tsx'
import { RepairDialog } from './panels/dialogs/RepairDialog.tsx'
import { RunsDialog } from './panels/dialogs/RunsDialog.tsx'
import { DetectDialog } from './panels/detect/DetectDialog.tsx'
import { SaveCopyDialog } from './panels/dialogs/SaveCopyDialog.tsx'
import { ServerDialog } from './panels/dialogs/server/ServerDialog.tsx'
import { SettingsDialog } from './panels/dialogs/SettingsDialog.tsx'
import { ShortcutsDialog } from './panels/dialogs/ShortcutsDialog.tsx'
import { UpdatesDialog } from './panels/dialogs/UpdatesDialog.tsx'
import { StatisticsDialog } from './panels/statistics/StatisticsDialog.tsx'
import { GalleryDialog } from './panels/gallery/GalleryDialog.tsx'
import { GridDialog } from './panels/grid/GridDialog.tsx'
import { ImageList } from './panels/images/ImageList.tsx'
import { TaskOffer } from './panels/images/TaskOffer.tsx'
import { ObjectMenu } from './panels/objects/ObjectMenu.tsx'
import { ObjectsPanel } from './panels/objects/ObjectsPanel.tsx'
import { ChangedBanner } from './panels/stage/ChangedBanner.tsx'
import { ReviewBar } from './panels/stage/ReviewBar.tsx'
import { StageArea } from './panels/stage/StageArea.tsx'
import { Welcome } from './panels/stage/Welcome.tsx'
import { StatusBar } from './panels/StatusBar.tsx'
import { TopBar } from './panels/TopBar.tsx'
import { useApp, useSession, useView, useWorkbench } from './state/session-context.ts'
import { t } from './texts/t.ts'

/** A click on a button or a row leaves the focus where it was, so that Enter and Space go on to mean the object. */
const keepFocus = (event: MouseEvent) => {
  const target = event.target instanceof Element ? event.target : null
  if (target?.closest('[role="dialog"], [role="alertdialog"], input, select, [draggable="true"]')) return
  if (target?.closest('button, [role="option"], [role="listbox"], [role="row"], [role="grid"]')) {
    event.preventDefault()
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur()
  }
}

const Gallery = ({ onClose }: { onClose: () => void }) => {
  const labelId = useWorkbench((state) => state.currentLabelId)
  return labelId === null ? null : <GalleryDialog labelId={labelId} onClose={onClose} />
}

const Dialogs = () => {
  const { view } = useSession()
  const dialog = useView((state) => state.dialog)
  const close = () => view.show(null)
  switch (dialog) {
    case null:
      return null
    case 'open-folder':
      return <OpenFolderDialog onClose={close} />
    case 'film':
      return <FilmDialog onClose={close} />
    case 'export':
      return <ExportDialog onClose={close} />
    case 'settings':
      return <SettingsDialog onClose={close} />
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />
    case 'keys':
      return <KeysDialog onClose={close} />
    case 'palette':
      return <CommandPalette onClose={close} />
    case 'runs':
      return <RunsDialog onClose={close} />
    case 'save-copy':
      return <SaveCopyDialog onClose={close} />
    case 'updates':
      return <UpdatesDialog onClose={close} />
    case 'licences':
      return <LicencesDialog onClose={close} />
    case 'checks':
      return <ChecksDialog onClose={close} />
    case 'grid':
      return <GridDialog onClose={close} />
    case 'gallery':
      return <Gallery onClose={close} />
    case 'statistics':
      return <StatisticsDialog onClose={close} />
    case 'import':
      return <ImportDialog onClose={close} />
    case 'merge':
      return <MergeDialog onClose={close} />
    case 'mirror':
      return <MirrorDialog onClose={close} />
    case 'server':
      return <ServerDialog onClose={close} />
    case 'boxes':
      return <BoxesDialog onClose={close} />
    case 'detect':
      return <DetectDialog onClose={close} />
  }
}

const Workspace = ({ stage }: { stage: ReactNode }) => {
  const { view } = useSession()
  const { leftOpen, rightOpen, leftWidth, rightWidth, classesHeight } = useView((state) => state)
  return (
    <div className="workspace">
      {leftOpen && (
        <>
          <aside style={{ width: leftWidth }}>
            <ImageList />
            <WorkCards />
          </aside>
          <Splitter
            side="left"
            size={leftWidth}
            label={t('Width of the image list')}
            onResize={(width) => view.set({ leftWidth: width })}
          />
        </>
      )}
      <div className="stage-column">
        <TaskOffer />
        <ImportOffer />
        <ChangedBanner />
        <ReviewBar />
        <StageArea>{stage}</StageArea>
      </div>
      {rightOpen && (
        <>
          <Splitter
            side="right"
            size={rightWidth}
            label={t('Width of classes and objects')}
            onResize={(width) => view.set({ rightWidth: width })}
          />
          <aside style={{ width: rightWidth }}>
            <ClassesPanel />
            <Splitter
              side="above"
              size={classesHeight}
              label={t('Height of the list of classes')}
              onResize={(height) => view.set({ classesHeight: height })}
              onReset={() => view.set({ classesHeight: null })}
            />
            <ObjectsPanel />
          </aside>
        </>
      )}
    </div>
  )
}

const useTheme = () => {
  const theme = useApp((state) => state.settings?.theme ?? 'system')
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  return theme
}

const useTitle = () => {
  const name = useApp((state) => state.project?.name)
  useEffect(() => {
    document.title = name === undefined ? 'Maskwright' : `${name} – Maskwright`
  }, [name])
}

export const App = ({ stage, connection }: { stage: ReactNode; connection: Connection }) => {
  const session = useSession()
  const ready = useApp((state) => state.ready)
  const hasProject = useApp((state) => state.project !== null)
  const damage = useApp((state) => state.damage)
  const held = useApp((state) => state.held)
  const theme = useTheme()
  useTitle()
  useEffect(() => listenToKeys(window, session, platformOf(navigator)), [session])
  return (
    <Tooltip.Provider delayDuration={400} skipDelayDuration={200}>
      <div className="app" onMouseDown={keepFocus} data-testid="app" data-ready={ready ? '' : undefined}>
        <TopBar />
        <ConnectionBanner connection={connection} />
        <LostBanner />
        {hasProject ? <Workspace stage={stage} /> : <main className="blank">{ready && <Welcome />}</main>}
        <StatusBar />
      </div>
      <ObjectMenu />
      <Dialogs />
      {held && <HeldDialog held={held} />}
      {damage && <RepairDialog key={damage.file} damage={damage} />}
      <Toasts theme={theme} />
    </Tooltip.Provider>
  )
}
