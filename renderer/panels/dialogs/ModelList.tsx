/** The models that are there and those that can be installed, with progress, and installing from a folder. */
import { FolderPlus, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { CallOutput } from '../../../common/contract.ts'
import type { InstallableModel, ModelInfo } from '../../../common/model-info.ts'
import { isOngoing } from '../../../common/work-kinds.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useModels, useSession, useWork } from '../../state/session-context.ts'
import { runOf } from '../../state/work.ts'
import { Elsewhere } from '../controls/Elsewhere.tsx'
import { IconButton } from '../controls/IconButton.tsx'
import { ProgressBar } from '../controls/ProgressBar.tsx'
import { FolderBrowser } from './OpenFolderDialog.tsx'
import { heard } from '../../texts/heard.ts'
import { sizeText } from '../../texts/numbers.ts'
import { t } from '../../texts/t.ts'

/** The installation that runs; null when none does. */
const useInstalling = () => {
  const run = useWork((state) => runOf(state, 'model-install'))
  return run !== null && isOngoing(run) ? run : null
}

const Progress = () => {
  const { work } = useSession()
  const run = useInstalling()
  if (run === null) return null
  const { id, done, total, message } = run
  return (
    <>
      <ProgressBar
        label={t('Installing the model')}
        share={total > 0 ? done / total : null}
        left={message === null ? t('Starting…') : heard(message)}
        right={total > 0 ? t('{done} of {total}', { done: sizeText(done), total: sizeText(total) }) : ''}
        testId="model-progress"
      />
      <button type="button" className="button" onClick={() => attempt(work.cancel(id))}>
        {t('Cancel')}
      </button>
    </>
  )
}

const Installed = ({
  model,
  chosen,
  onPick,
}: {
  model: ModelInfo
  chosen: boolean
  onPick: (modelId: string) => void
}) => {
  const { models } = useSession()
  const busy = useInstalling() !== null
  const loaded = useApp((state) => state.inference?.modelId)
  const origin = model.origin === 'bundled' ? t('Comes with Maskwright') : model.origin
  return (
    <div className="model-row">
      <button
        type="button"
        role="radio"
        className="card row"
        aria-checked={chosen}
        disabled={model.problem !== null}
        onClick={() => onPick(model.id)}
      >
        <b>{model.name}</b>
        <span>
          {model.problem !== null
            ? heard(model.problem)
            : `${origin} · ${model.licence} · ${sizeText(model.bytes)}`}
        </span>
      </button>
      {model.origin !== 'bundled' && (
        <IconButton
          icon={Trash2}
          label={
            model.id === loaded
              ? t('In use: choose another model to remove it')
              : t('Remove {name}', { name: model.name })
          }
          side="left"
          aria-disabled={busy || model.id === loaded}
          onClick={() => {
            if (!busy && model.id !== loaded) attempt(models.remove(model.id))
          }}
        />
      )}
    </div>
  )
}

const Offered = ({ model }: { model: InstallableModel }) => {
  const { models } = useSession()
  const installing = useInstalling()
  const failure = useModels((state) => state.failure)
  const kept = model.doneBytes > 0 && installing === null
  return (
    <div className="model-row" data-testid="model-offer">
      <div className="card row offer" title={model.source.join('\n')}>
        <b>{model.name}</b>
        <span>
          {`${t('Download')} · ${model.licence} · ${sizeText(model.bytes)}`}
          {kept && ` · ${t('{size} are here already', { size: sizeText(model.doneBytes) })}`}
        </span>
      </div>
      {installing === null && (
        <div className="model-actions">
          <button type="button" className="button" onClick={() => attempt(models.install(model.id))}>
            {kept ? t('Continue') : t('Install')}
          </button>
          {kept && (
            <IconButton
              icon={Trash2}
              label={t('Discard what was downloaded')}
              side="left"
              onClick={() => attempt(models.remove(model.id))}
            />
          )}
        </div>
      )}
      {installing?.detail?.asked === model.id && <Progress />}
      {failure?.id === model.id && (
        <p className="error-line" role="alert">
          {heard(failure.message)}
        </p>
      )}
    </div>
  )
}

const FromFolder = () => {
  const { client, models } = useSession()
  const native = useApp((state) => state.info?.nativeDialog === true)
  const installing = useInstalling()
  const asked = installing?.detail?.asked ?? null
  const isOffered = useModels((state) => state.models?.installable.some(({ id }) => id === asked) ?? false)
  const failure = useModels((state) => state.failure)
  const [browsing, setBrowsing] = useState(false)
  const [listing, setListing] = useState<CallOutput<'folders.list'> | null>(null)
  const folder = listing?.folder ?? null
  const choose = async () => {
    const chosen = await client.call('folders.choose', { title: t('Folder with an encoder and a decoder') })
    if (chosen.folder !== null) await models.installFolder(chosen.folder)
  }
  if (installing !== null && !isOffered)
    return (
      <div className="model-row">
        <Progress />
      </div>
    )
  return (
    <>
      {failure?.id === null && (
        <p className="error-line" role="alert">
          {heard(failure.message)}
        </p>
      )}
      {browsing && <FolderBrowser start={null} onChange={setListing} />}
      <div className="model-actions">
        <button
          type="button"
          className="button"
          disabled={installing !== null || (browsing && folder === null)}
          onClick={() => {
            if (native) attempt(choose())
            else if (!browsing) setBrowsing(true)
            else if (folder !== null) {
              setBrowsing(false)
              attempt(models.installFolder(folder))
            }
          }}
        >
          <FolderPlus size={14} strokeWidth={1.75} aria-hidden />
          {browsing ? t('Install from this folder') : t('Install from folder…')}
        </button>
        {browsing && (
          <button type="button" className="button ghost" onClick={() => setBrowsing(false)}>
            {t('Cancel')}
          </button>
        )}
      </div>
    </>
  )
}

export const ModelList = ({ modelId, onPick }: { modelId: string; onPick: (modelId: string) => void }) => {
  const { models } = useSession()
  const found = useApp((state) => state.info?.models) ?? []
  const offered = useModels((state) => state.models?.installable) ?? []
  useEffect(() => models.watch(), [models])
  useEffect(() => attempt(models.load()), [models])
  return (
    <div className="models" data-testid="models">
      <div className="models" role="radiogroup" aria-label={t('Model')}>
        {found.map((model) => (
          <Installed key={model.id} model={model} chosen={model.id === modelId} onPick={onPick} />
        ))}
      </div>
      {found.length === 0 && (
        <p className="error-line">{t('No model was found. Reinstall Maskwright, or install one.')}</p>
      )}
      {offered.map((model) => (
        <Offered key={model.id} model={model} />
      ))}
      <FromFolder />
      <Elsewhere of="model" />
    </div>
  )
}
