/** What the window shows while no folder is open. */
import { FolderOpen, Folder } from 'lucide-react'
import { actionOf, runAction } from '../../actions/all-actions.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { Keys } from '../controls/Keys.tsx'

export const Welcome = () => {
  const session = useSession()
  const recent = useApp((state) => state.recent)
  const opening = useApp((state) => state.opening)
  return (
    <div className="welcome" data-testid="welcome">
      <h1>Label images with a click</h1>
      <p className="dim">
        Open a folder, click an object, keep its polygon. Everything is stored next to your images, which are
        never changed.
      </p>
      <button
        type="button"
        className="button primary large"
        disabled={opening !== null}
        onClick={() => runAction(actionOf('open-folder'), session)}
      >
        <FolderOpen size={16} strokeWidth={1.75} aria-hidden />
        {opening === null ? 'Open a folder of images' : 'Opening…'}
        <Keys shortcut="Mod+O" />
      </button>
      {recent.length > 0 && (
        <div className="recent">
          <h2>Recent folders</h2>
          {recent.slice(0, 6).map(({ folder, name }) => (
            <button
              type="button"
              key={folder}
              className="recent-row"
              title={folder}
              disabled={opening !== null}
              onClick={() => attempt(session.openFolder(folder))}
            >
              <Folder size={14} strokeWidth={1.75} aria-hidden />
              <span>{name}</span>
              <span className="dim">
                <bdi>{folder}</bdi>
              </span>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
