/** What to export, and where to. */
import { useCallback, useState } from 'react'
import { PathField } from '../controls/PathField.tsx'
import type { ExportFormat, ExportRequest } from '../../../common/contract/export.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { percent } from '../words.ts'
import { FolderBrowser } from './OpenFolderDialog.tsx'

const formats: readonly { readonly value: ExportFormat; readonly name: string; readonly use: string }[] = [
  {
    value: 'coco',
    name: 'COCO',
    use: 'One JSON, holes kept as RLE. For Detectron2, MMDetection, pycocotools.',
  },
  {
    value: 'yolo-seg',
    name: 'YOLO segmentation',
    use: 'Polygons and data.yaml. Trains Ultralytics segmentation as it is.',
  },
  {
    value: 'yolo-det',
    name: 'YOLO detection',
    use: 'Boxes and data.yaml. Trains Ultralytics detection as it is.',
  },
]

export const ExportForm = ({
  request,
  onChange,
}: {
  request: ExportRequest
  onChange: (request: ExportRequest) => void
}) => {
  const { client } = useSession()
  const native = useApp((state) => state.info?.nativeDialog === true)
  const [browsing, setBrowsing] = useState(false)
  const [seen, setSeen] = useState<string | null>(null)
  const onBrowse = useCallback((listing: { folder: string } | null) => setSeen(listing?.folder ?? null), [])
  const yolo = request.format !== 'coco'
  const choose = async () => {
    const { folder } = await client.call('folders.choose', { title: 'Export to' })
    if (folder !== null) onChange({ ...request, out: folder })
  }
  return (
    <>
      <div className="cards" role="radiogroup" aria-label="Format">
        {formats.map(({ value, name, use }) => (
          <button
            key={value}
            type="button"
            role="radio"
            aria-checked={request.format === value}
            className="card"
            data-testid={`export-format-${value}`}
            onClick={() => onChange({ ...request, format: value })}
          >
            <b>{name}</b>
            <span>{use}</span>
          </button>
        ))}
      </div>
      <PathField
        id="export-out"
        label="Folder to write"
        value={request.out}
        placeholder="Made if it does not exist"
        onChange={(out) => onChange({ ...request, out })}
        buttons={
          <button
            type="button"
            className="button"
            onClick={() => (native ? attempt(choose()) : setBrowsing(!browsing))}
          >
            {browsing ? 'Close' : 'Change…'}
          </button>
        }
      >
        {browsing && (
          <>
            <FolderBrowser start={null} onChange={onBrowse} />
            <button
              type="button"
              className="button"
              disabled={seen === null}
              onClick={() => {
                onChange({ ...request, out: seen ?? request.out })
                setBrowsing(false)
              }}
            >
              Use this folder
            </button>
          </>
        )}
      </PathField>
      <label className="check">
        <input
          type="checkbox"
          checked={request.copyImages}
          data-testid="export-copy"
          onChange={(event) => onChange({ ...request, copyImages: event.target.checked })}
        />
        <span>
          Copy the images too <span className="dim">so that the folder trains as it is</span>
        </span>
      </label>
      {yolo ? (
        <div className="field-row">
          <label className="field">
            <span>
              Kept for validation <b className="value">{percent(request.validation)}</b>
            </span>
            <input
              type="range"
              min={0}
              max={0.5}
              step={0.05}
              value={request.validation}
              onChange={(event) => onChange({ ...request, validation: Number(event.target.value) })}
            />
          </label>
          <label className="field narrow">
            <span>Seed of the split</span>
            <input
              className="input"
              type="number"
              min={0}
              step={1}
              value={request.seed}
              onChange={(event) =>
                onChange({ ...request, seed: Math.max(0, Math.trunc(Number(event.target.value))) })
              }
            />
          </label>
        </div>
      ) : (
        <p className="dim">COCO is written as one set: a share for validation is for YOLO.</p>
      )}
    </>
  )
}
