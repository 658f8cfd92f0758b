/** Boxes to masks: where a detector's boxes lie, and for which images they are taken. */
import { useState } from 'react'
import type { BoxesRequest } from '../../../common/contract.ts'
import { toErrorReply } from '../../../common/errors.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useImages, useSession, useWorkbench } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'

type Scope = BoxesRequest['scope']['kind']

const scopes: readonly { readonly kind: Scope; readonly text: string }[] = [
  { kind: 'project', text: 'All images' },
  { kind: 'filter', text: 'The images in the list, as it is filtered' },
  { kind: 'image', text: 'This image' },
]

export const BoxesDialog = ({ onClose }: { onClose: () => void }) => {
  const { client } = useSession()
  const native = useApp((state) => state.info?.nativeDialog ?? false)
  const filter = useImages((state) => state.filter)
  const imageId = useWorkbench((state) => state.image?.id ?? null)
  const [path, setPath] = useState('')
  const [kind, setKind] = useState<Scope>('project')
  const [problem, setProblem] = useState<string | null>(null)

  const choose = async () => {
    const { folder } = await client.call('folders.choose', { title: 'Folder of boxes' })
    if (folder !== null) setPath(folder)
  }
  const scope = (): BoxesRequest['scope'] => {
    if (kind === 'image' && imageId !== null) return { kind, imageId }
    return kind === 'filter' ? { kind, filter } : { kind: 'project' }
  }
  const run = async () => {
    try {
      await client.call('boxes.start', { source: { path: path.trim() }, scope: scope() })
      onClose()
    } catch (thrown) {
      setProblem(toErrorReply(thrown).message)
    }
  }
  return (
    <Modal
      open
      onClose={onClose}
      title="Boxes to masks"
      description="Each box of a detector becomes an object with a mask. Undo takes it back, image by image."
      testId="boxes-dialog"
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className="button primary"
            disabled={path.trim() === ''}
            data-testid="boxes-run"
            onClick={() => void run()}
          >
            Make masks
          </button>
        </>
      }
    >
      <div className="field">
        <label htmlFor="boxes-path">Folder of YOLO txt files, or a COCO JSON (results or instances)</label>
        <div className="with-button">
          <input
            id="boxes-path"
            className="input"
            value={path}
            placeholder="Whole path"
            spellCheck={false}
            data-testid="boxes-path"
            onChange={(event) => setPath(event.target.value)}
          />
          {native && (
            <button type="button" className="button" onClick={() => attempt(choose())}>
              Choose…
            </button>
          )}
        </div>
        <span className="dim">YOLO’s class names are read from a classes.txt or data.yaml beside them.</span>
      </div>
      <div className="field" role="radiogroup" aria-label="Images">
        {scopes.map((option) => (
          <label key={option.kind} className="check">
            <input
              type="radio"
              name="boxes-scope"
              checked={kind === option.kind}
              disabled={option.kind === 'image' && imageId === null}
              onChange={() => setKind(option.kind)}
            />
            <span>{option.text}</span>
          </label>
        ))}
      </div>
      {problem !== null && (
        <p className="error-line" role="alert" data-testid="boxes-error">
          {problem}
        </p>
      )}
    </Modal>
  )
}
