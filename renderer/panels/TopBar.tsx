/** The bar at the top: folder, tools, undo, zoom, export, settings, help. */
import {
  ChevronDown,
  Download,
  FolderOpen,
  Maximize,
  Minus,
  Monitor,
  Moon,
  PanelLeft,
  PanelRight,
  Plus,
  ScanEye,
  ScanSearch,
  Settings2,
  Sun,
} from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { formatKinds } from '../../common/formats.ts'
import { attempt } from '../state/report.ts'
import { useApp, useSession, useWorkbench, useWorkbenchActions } from '../state/session-context.ts'
import { msg } from '../../common/said.ts'
import { t } from '../texts/t.ts'
import { ActionItem } from './controls/ActionItem.tsx'
import { ActionButton } from './controls/IconButton.tsx'
import { ActionKeys } from './controls/Keys.tsx'
import { Tip } from './controls/Tip.tsx'
import { HistoryMenu } from './HistoryMenu.tsx'
import { LookMenu } from './LookMenu.tsx'
import { LevelsMenu } from './LevelsMenu.tsx'
import { HelpMenu } from './HelpMenu.tsx'
import { useAction } from './controls/use-action.ts'
import { zoomPercent } from './words.ts'
import { returnToStage } from './controls/return-to-stage.ts'
import { ToolBar } from './ToolBar.tsx'

const ProjectMenu = () => {
  const session = useSession()
  const project = useApp((state) => state.project)
  const recent = useApp((state) => state.recent)
  const others = recent.filter(({ folder, isThere }) => isThere && folder !== project?.folder).slice(0, 8)
  if (!project) return null
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="project-name" title={project.folder} data-testid="project-name">
        <span>{project.name}</span>
        <ChevronDown size={12} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content onCloseAutoFocus={returnToStage} className="menu" align="start" sideOffset={4}>
          <div className="menu-note">{project.folder}</div>
          <DropdownMenu.Separator className="menu-line" />
          {others.length > 0 && <div className="menu-head">{t('Recent folders')}</div>}
          {others.map(({ folder, name }) => (
            <DropdownMenu.Item
              key={folder}
              className="menu-item two"
              title={folder}
              onSelect={() => attempt(session.openFolder(folder))}
            >
              <span>{name}</span>
              <span className="dim">{folder}</span>
            </DropdownMenu.Item>
          ))}
          {others.length > 0 && <DropdownMenu.Separator className="menu-line" />}
          <ActionItem id="open-folder" />
          <ActionItem id="open-film" />
          <DropdownMenu.Separator className="menu-line" />
          <ActionItem id="prepare-folder" />
          <ActionItem id="import-labels" />
          <ActionItem id="boxes-to-masks" />
          <ActionItem id="detect" />
          <ActionItem id="find-everything" />
          <ActionItem id="export" />
          <ActionItem id="mirror" />
          <DropdownMenu.Separator className="menu-line" />
          <ActionItem id="review-worst" />
          <ActionItem id="check-project" />
          <ActionItem id="statistics" />
          <ActionItem id="undo-run" />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

const ZoomMenu = () => {
  const scale = useWorkbench((state) => state.scale)
  const image = useWorkbench((state) => state.image)
  const actions = useWorkbenchActions()
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="zoom-value"
        disabled={!image}
        aria-label={
          image ? t('Zoom: {zoom}', { zoom: zoomPercent(scale, window.devicePixelRatio) }) : t('Zoom')
        }
        data-testid="zoom-value"
      >
        {image ? zoomPercent(scale, window.devicePixelRatio) : <span aria-hidden>–</span>}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content onCloseAutoFocus={returnToStage} className="menu" align="center" sideOffset={4}>
          <ActionItem id="fit" label={t('Fit to window')} />
          <DropdownMenu.Separator className="menu-line" />
          {[0.5, 1, 2, 4, 8].map((to) => (
            <DropdownMenu.Item
              key={to}
              className="menu-item"
              onSelect={() => actions.zoomTo(to, window.devicePixelRatio)}
            >
              {zoomPercent(to, 1)}
              {to === 1 && <ActionKeys id="zoom-actual" />}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

const themeIcons = { system: Monitor, light: Sun, dark: Moon }
const themeNames = { system: msg('as the system'), light: msg('light'), dark: msg('dark') }

export const TopBar = () => {
  const theme = useApp((state) => state.settings?.theme ?? 'system')
  const open = useAction('open-folder')
  const exports = useAction('export')
  return (
    <header className="topbar" role="toolbar" aria-label={t('Main')}>
      <div className="topbar-part start">
        <ActionButton id="toggle-left" icon={PanelLeft} />
        <Tip text={t('Open a folder of images')} action="open-folder">
          <button type="button" className="button ghost" onClick={open.run} data-testid="open-folder">
            <FolderOpen size={15} strokeWidth={1.75} aria-hidden />
            <span className="wide-only">{t('Open folder…')}</span>
          </button>
        </Tip>
        <ProjectMenu />
      </div>
      <div className="topbar-part">
        <ToolBar />
        <ActionButton id="hover-preview" icon={ScanEye} />
        <LevelsMenu />
        <LookMenu />
        <span className="wide-only">
          <ActionButton id="find-everything" icon={ScanSearch} />
        </span>
      </div>
      <div className="topbar-part end">
        <HistoryMenu />
        <span className="divider" />
        <ActionButton id="zoom-out" icon={Minus} />
        <ZoomMenu />
        <ActionButton id="zoom-in" icon={Plus} />
        <ActionButton id="fit" icon={Maximize} />
        <span className="divider" />
        <Tip text={t('Export {formats}', { formats: formatKinds })} action="export">
          <button
            type="button"
            className="button primary"
            aria-disabled={!exports.enabled}
            onClick={exports.run}
            data-testid="export"
          >
            <Download size={15} strokeWidth={1.75} aria-hidden />
            {t('Export…')}
          </button>
        </Tip>
        <span className="wide-only">
          <ActionButton
            id="theme"
            icon={themeIcons[theme]}
            label={t('Theme: {theme}', { theme: t(themeNames[theme]) })}
          />
        </span>
        <ActionButton id="settings" icon={Settings2} />
        <HelpMenu />
        <ActionButton
          id="toggle-right"
          icon={PanelRight}

          side="left"
        />
      </div>
    </header>
  )
}
