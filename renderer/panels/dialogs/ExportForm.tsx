/** What to export, and where to. */
import { useCallback, useState } from 'react'
import { PathField } from '../controls/PathField.tsx'
import type { ExportRequest } from '../../../common/contract/export.ts'
import { formatList, formatOf } from '../../../common/formats.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { percent } from '../words.ts'
import { FolderBrowser } from './OpenFolderDialog.tsx'

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
  const format = formatOf(request.format)
  const choose = async () => {
    const { folder } = await client.call('folders.choose', { title: 'Export to' })
    if (folder !== null) onChange({ ...request, out: folder })
  }
  return (
    <>
      <div className="cards" role="radiogroup" aria-label="Format">
        {formatList.map(({ id, name, use }) => (
          <button
            key={id}
            type="button"
            role="radio"
            aria-checked={request.format === id}
            className="card"
            data-testid={`export-format-${id}`}
            onClick={() => onChange({ ...request, format: id })}
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
      {format.divides ? (
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
        <p className="dim">{format.name} is written as one set, without a share for validation.</p>
      )}
    </>
  )
}
