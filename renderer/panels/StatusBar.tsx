/** The bar at the bottom: image, pointer, zoom, objects; what the model does. */
import { CircleCheck, LoaderCircle, RotateCw, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useApp, useSession, useWorkbench } from '../state/session-context.ts'
import type { InferenceStatus } from '../../common/contract/inference.ts'
import { msg } from '../../common/said.ts'
import { heard } from '../texts/heard.ts'
import { t } from '../texts/t.ts'
import { MiddleCut } from './controls/MiddleCut.tsx'
import { MirrorStatus } from './MirrorStatus.tsx'
import { Tip } from './controls/Tip.tsx'
import { useAction } from './controls/use-action.ts'
import { providerName, splitPath, zoomPercent } from './words.ts'

const words: Record<InferenceStatus['state'], string> = {
  starting: msg('Loading the model…'),
  idle: msg('Ready'),
  encoding: msg('Encoding…'),
  decoding: msg('Finding the mask…'),
  restarting: msg('Restarting the model…'),
  unavailable: msg('No model'),
}

/** A bar that fills in the time that encodes took before; it never reaches the end by itself. */
const EncodeBar = ({ status }: { status: InferenceStatus }) => (
  <span
    className="encode-bar"
    data-known={status.expectedMs === null ? undefined : ''}
    key={`${status.imageId ?? 0}`}
    role="progressbar"
    aria-label={t('Encoding the image')}
  >
    <span style={status.expectedMs === null ? {} : { animationDuration: `${status.expectedMs * 1.6}ms` }} />
  </span>
)

const InferenceState = () => {
  const status = useApp((state) => state.inference)
  const models = useApp((state) => state.info?.models)
  const imageId = useWorkbench((state) => state.image?.id)
  const total = useApp((state) => state.project?.imageCount ?? 0)
  if (!status) return null
  const { state } = status
  // Encoding ahead of the user is not something to wait for.
  // The model is loaded with the first image.
  const needless = state === 'starting' && total === 0
  const ahead = state === 'encoding' && status.imageId !== imageId
  const busy = !needless && state !== 'idle' && state !== 'unavailable'
  const model = models?.find(({ id }) => id === status.modelId)?.name ?? status.modelId
  return (
    <div className="status-inference" data-testid="status-inference" data-state={state} role="status">
      {status.message !== null && (
        <Tip text={heard(status.message)} side="top">
          <span className="status-message" data-testid="status-message">
            <TriangleAlert size={12} aria-hidden />
            {heard(status.message)}
          </span>
        </Tip>
      )}
      <span className="status-state" data-busy={busy ? '' : undefined}>
        {state === 'unavailable' ? (
          <TriangleAlert size={12} className="warn" aria-hidden />
        ) : busy ? (
          <LoaderCircle size={12} className="spin" aria-hidden />
        ) : needless ? null : (
          <CircleCheck size={12} className="ok" aria-hidden />
        )}
        {needless ? t('No images') : ahead ? t('Preparing the next image…') : t(words[state])}
      </span>
      {state === 'encoding' && !ahead && <EncodeBar status={status} />}
      {model !== null && <span className="dim">{model}</span>}
      {status.provider !== null && (
        <span className="dim" data-testid="status-provider">
          {status.server === 'on' ? t('Server') : providerName(status.provider)}
        </span>
      )}
      {status.hands !== undefined && (
        <Tip text={t('They share the long work. Clicks are answered by a process of their own.')} side="top">
          <span className="dim" data-testid="status-hands">
            {t('{hands, plural, one {# process} other {# processes}} at work', { hands: status.hands })}
          </span>
        </Tip>
      )}
    </div>
  )
}

/** The figures follow the pointer so often, ms: each time the window is drawn, which takes from a click's mask. */
const PACE = 80

const PointerPosition = () => {
  const { workbench } = useSession()
  const [pointer, setPointer] = useState(workbench.getState().pointer)
  useEffect(() => {
    let late: ReturnType<typeof setTimeout> | undefined
    const stop = workbench.subscribe((now, before) => {
      if (now.pointer === before.pointer || late !== undefined) return
      late = setTimeout(() => {
        late = undefined
        setPointer(workbench.getState().pointer)
      }, PACE)
    })
    return () => {
      stop()
      clearTimeout(late)
    }
  }, [workbench])
  return (
    <span
      className="status-pointer"
      role="group"
      aria-label={t('Pointer, image pixels')}
      data-testid="status-pointer"
    >
      {pointer && `${Math.floor(pointer.x)}, ${Math.floor(pointer.y)}`}
    </span>
  )
}

/** The picture is not as it is stored: to be seen, and undone where it is seen. */
const TurnedView = () => {
  const isTurned = useWorkbench((state) => state.isTurned)
  const { action, run } = useAction('view-upright')
  if (!isTurned) return null
  return (
    <Tip text={action.label} action={action.id} side="top">
      <button type="button" className="status-turned" data-testid="status-turned" onClick={run}>
        <RotateCw size={12} aria-hidden />
        {t('View turned')}
      </button>
    </Tip>
  )
}

export const StatusBar = () => {
  const image = useWorkbench((state) => state.image)
  const objects = useWorkbench((state) => state.annotations.filter(({ proposed }) => !proposed).length)
  const scale = useWorkbench((state) => state.scale)
  return (
    <footer className="statusbar" data-testid="statusbar">
      <div className="status-image">
        {image && (
          <>
            <span className="status-name" title={image.path}>
              <MiddleCut name={splitPath(image.path)[1]} />
            </span>
            {image.width !== null && image.height !== null && (
              <span className="dim">
                {image.width} × {image.height}
              </span>
            )}
            {image.problem === null && (
              <span className="dim">{zoomPercent(scale, window.devicePixelRatio)}</span>
            )}
            <TurnedView />
            <span className="dim" data-testid="status-objects">
              {t('{count, plural, one {# object} other {# objects}}', { count: objects })}
            </span>
            <PointerPosition />
          </>
        )}
      </div>
      <MirrorStatus />
      <InferenceState />
    </footer>
  )
}
