/** The start of the page: one session on the shell's client, and the window on it. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { host } from './host.ts'
import { createMaskAsker } from './segmentation/mask-asker.ts'
import { createSession } from './state/session.ts'
import { createWorkbench } from './state/workbench.ts'
import { MainWindow } from './MainWindow.tsx'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/layout.css'
import './styles/panels.css'
import './styles/stage.css'
import './styles/dialogs.css'
import './styles/work.css'

const session = createSession({
  client: host.client,
  urls: host,
  memory: localStorage,
  createWorkbench: (ports) =>
    createWorkbench({ ...ports, askMasks: createMaskAsker(host.client, ports.getSettings) }),
})

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MainWindow session={session} onConnection={(listener) => host.onConnection(listener)} />
  </StrictMode>,
)
