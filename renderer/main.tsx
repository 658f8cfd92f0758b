/** The start of the page: one session on the shell's client, and the window on it. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { allActions } from './actions/all-actions.ts'
import { fillKeys, noChanges } from './actions/keymap.ts'
import { platformOf } from './actions/shortcut.ts'
import { host, type Host } from './host.ts'
import { makeHiddenInert } from './panels/controls/inert.ts'
import { createPolygonizer } from './segmentation/polygonizer.ts'
import { createOutliner } from './segmentation/outliner.ts'
import { createSegmenter } from './segmentation/segmenter.ts'
import { createKeptMemory, type Memory } from './state/kept-memory.ts'
import { createSession } from './state/session.ts'
import { languageOf, loadTexts } from './texts/languages.ts'
import { speak, t } from './texts/t.ts'
import { createWorkbench } from './workbench/workbench.ts'
import { MainWindow } from './MainWindow.tsx'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/layout.css'
import './styles/panels.css'
import './styles/objects.css'
import './styles/cells.css'
import './styles/stage.css'
import './styles/dialogs.css'
import './styles/dialogs-own.css'
import './styles/detect.css'
import './styles/film.css'
import './styles/work.css'
import './styles/merge.css'
import './styles/keys.css'
import './styles/statistics.css'

/** For the first answer, ms. */
const PATIENCE = 3000

/**
 * Desktop apps keep what a page remembers; a browser keeps it by the port, so that the core does it there. A server that
 * does not know this page, or does not answer soon, is told of by the page that is shown.
 */
const memoryOf = async (shell: Host): Promise<Memory> => {
  if (shell.shell === 'electron') return localStorage
  const isRefused = new Promise<null>((refused) => {
    shell.onConnection((connection) => connection === 'refused' && refused(null))
    setTimeout(() => refused(null), PATIENCE)
  })
  const recalled = await Promise.race([shell.client.call('memory.recall', {}).catch(() => null), isRefused])
  if (recalled === null) return localStorage
  const kept = createKeptMemory(shell.client, recalled.entries)
  window.addEventListener('pagehide', () => kept.flush())
  return kept
}

/** Until the settings have been read: their defaults, which the fidelity test is made for. */
const usualOptions = { tolerance: 0.5, minArea: 16, minShare: 0.01 }

/** The first paint speaks the language that is set; a core that does not answer is waited for no longer than it is set to be. */
const speakAtStart = async (shell: Host): Promise<void> => {
  const settings = shell.client.call('settings.get', {}).catch(() => null)
  const tooLong = new Promise<null>((late) => setTimeout(() => late(null), PATIENCE))
  const setting = (await Promise.race([settings, tooLong]))?.language ?? 'system'
  const texts = await loadTexts(languageOf(setting, navigator.languages)).catch(() => null)
  if (texts) speak(texts)
}

const [memory] = await Promise.all([memoryOf(host), speakAtStart(host)])

const session = createSession({
  client: host.client,
  urls: host,
  memory,
  createWorkbench(ports) {
    const polygonizer = createPolygonizer()
    const options = () => {
      const { tolerance, minArea, minShare } = ports.getSettings() ?? usualOptions
      return { tolerance, minArea, minShare }
    }
    const { segment } = createSegmenter({ client: host.client, polygonizer, options })
    const notify: typeof ports.notify = (level, message) => {
      const changed = ports.getSettings()?.shortcuts ?? noChanges
      ports.notify(level, fillKeys(t(message), allActions, changed, platformOf(navigator)))
    }
    return createWorkbench({ ...ports, notify, askMasks: segment, outliner: createOutliner() })
  },
})

const root = document.getElementById('root')!
makeHiddenInert(root)
createRoot(root).render(
  <StrictMode>
    <MainWindow
      session={session}
      onConnection={(listener) => host.onConnection(listener)}
      pathOfDropped={(file) => host.pathOfDropped(file)}
    />
  </StrictMode>,
)
