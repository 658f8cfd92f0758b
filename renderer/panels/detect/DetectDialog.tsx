/**
 * Label with a detector: what an .onnx file was understood as, what it finds on the open image, and for which images,
 * classes and scores it is to be run. Nothing is written before the run is started.
 */
import { useEffect, useMemo, useState } from 'react'
import type { DetectorLook, DetectRequest } from '../../../common/contract/detect.ts'
import { attempt } from '../../state/report.ts'
import {
  useApp,
  useImages,
  useLabels,
  useSession,
  useView,
  useWorkbench,
} from '../../state/session-context.ts'
import { Elsewhere } from '../controls/Elsewhere.tsx'
import { FileField } from '../controls/FileField.tsx'
import { Modal } from '../controls/Modal.tsx'
import { PathField } from '../controls/PathField.tsx'
import { QualityChoice, useQualityNote } from '../controls/QualityChoice.tsx'
import { Segmented } from '../controls/Segmented.tsx'
import { percent } from '../../texts/numbers.ts'
import { DetectClasses } from './DetectClasses.tsx'
import { DetectPreview } from './DetectPreview.tsx'
import { classLines, detectRequestOf, emptyForm, kindOf, shownFinds, type DetectForm } from './detect-form.ts'
import { useDetectorLook, useFinds, useSettled } from './use-detector.ts'
import { errorText } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'
import { msg } from '../../../common/said.ts'

const KINDS = msg(
  'YOLO, RF-DETR, D-FINE, RT-DETR and DETR, exported to ONNX; Grounding DINO and OWLv2 by words. What it is is found out from the file.',
)

const scopes = [
  { value: 'project', name: msg('All images') },
  { value: 'filter', name: msg('As filtered') },
  { value: 'image', name: msg('This image') },
] as const

const DetectorField = ({ value, onChange }: { value: string; onChange: (path: string) => void }) => (
  <FileField
    name="detect"
    label={t('The detector, an .onnx file')}
    value={value}
    wanted={{ title: t('Detector'), kind: t('ONNX models'), extensions: ['onnx'] }}
    onChange={onChange}
  >
    {value.trim() === '' && <span className="dim">{t(KINDS)}</span>}
  </FileField>
)

/** What it looks at, and which classes it has. */
const sizeText = ({ byWords, width, height, classes, namesFrom }: DetectorLook['kinds'][number]): string => {
  const size = { width: String(width), height: String(height) }
  if (byWords) return t('up to {width} × {height}', size)
  const values = { ...size, count: classes.length }
  return namesFrom === null
    ? t('{width} × {height}, {count, plural, one {# class} other {# classes}}', values)
    : t('{width} × {height}, {count, plural, one {# class} other {# classes}} named by {source}', {
        ...values,
        source: namesFrom,
      })
}

export const DetectDialog = ({ onClose }: { onClose: () => void }) => {
  const { work, models } = useSession()
  const startPath = useView((state) => state.detectPath)
  const filter = useImages((state) => state.filter)
  const listed = useImages((state) => state.total)
  const total = useApp((state) => state.project?.imageCount ?? 0)
  const image = useWorkbench((state) => state.image)
  const quality = useApp((state) => state.settings?.quality ?? 'good')
  const qualityNote = useQualityNote()
  const labels = useLabels()
  const [form, setForm] = useState(() => emptyForm(startPath))
  const change = (part: Partial<DetectForm>) => setForm((before) => ({ ...before, ...part }))
  const [problem, setProblem] = useState<string | null>(null)
  const [starting, setStarting] = useState(false)

  const words = useSettled(form.words)
  useEffect(() => attempt(models.load()), [models])
  const look = useDetectorLook(form.path, form.names, words)
  const kind = look.value === null ? undefined : kindOf(look.value, form.readAs)
  const isAsking = look.busy || words !== form.words
  /** A detector by words that was not told any. */
  const isMute = kind?.byWords === true && kind.classes.length === 0
  const readAs = isMute || look.busy ? null : (kind?.id ?? null)
  const finds = useFinds(form.path, form.names, words, readAs, image?.id ?? null)
  const { rules, minScore } = form
  const shown = useMemo(
    () => shownFinds(finds.value?.found ?? [], { rules, minScore }),
    [finds.value, rules, minScore],
  )
  const lines = useMemo(
    () => classLines(kind?.classes ?? [], finds.value?.found ?? [], { rules, minScore }),
    [kind, finds.value, rules, minScore],
  )
  const colorOf = useMemo(() => {
    const colors = new Map(labels.map(({ name, color }) => [name, color]))
    return (name: string) => colors.get(name) ?? null
  }, [labels])

  const ways: { value: DetectRequest['as']; name: string }[] = [
    { value: 'boxes', name: kind?.task === 'rotated boxes' ? t('Rotated boxes') : t('Boxes') },
    { value: 'masks', name: t('Masks from boxes') },
    ...(kind?.task === 'masks' ? [{ value: 'outlines' as const, name: t('Its own masks') }] : []),
  ]
  const count = form.scope === 'project' ? total : form.scope === 'filter' ? listed : 1
  const run = async () => {
    setProblem(null)
    setStarting(true)
    try {
      await work.start('detect', detectRequestOf(form, { filter, imageId: image?.id ?? null, quality }))
      onClose()
    } catch (thrown) {
      setProblem(errorText(thrown))
      setStarting(false)
    }
  }
  const trouble = problem ?? look.problem ?? finds.problem
  const status = () => {
    if (isMute) return t('Say what it is to find.')
    if (look.busy) return t('Looking at the file…')
    if (image === null) return t('Open an image to see what it finds there.')
    if (finds.busy) return t('Looking at the open image…')
    if (finds.value === null) return ''
    const { ms } = finds.value
    const took =
      ms < 1000
        ? t('{count, number} ms', { count: Math.round(ms) })
        : t('{took, number, ::.0} s', { took: ms / 1000 })
    return t(
      '{count, plural, one {# object} other {# objects}} on this image. The detector takes {time} for one.',
      { count: shown.length, time: took },
    )
  }
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Label with a detector')}
      description={t(
        'Nothing is made before you start it. Objects that are there stay, and all of a run can be undone in one step.',
      )}
      width={kind === undefined ? 560 : 880}
      testId="detect-dialog"
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>
            {t('Cancel')}
          </button>
          <button
            type="button"
            className="button primary"
            disabled={kind === undefined || isMute || isAsking || starting || count === 0}
            data-testid="detect-run"
            onClick={() => void run()}
          >
            {t('Label {count, plural, one {# image} other {# images}}', { count })}
          </button>
        </>
      }
    >
      <DetectorField
        value={form.path}
        onChange={(path) => change({ path, readAs: null, rules: new Map() })}
      />
      {form.path.trim() === '' && <Elsewhere of="detector" />}
      {kind !== undefined && look.value !== null && (
        <div className="detect-columns">
          <div className="detect-left">
            <p className="detect-kind" data-testid="detect-kind">
              <strong>{kind.title}</strong>
              <span className="dim">{sizeText(kind)}</span>
            </p>
            {look.value.kinds.length > 1 && (
              <label className="field">
                <span>
                  {t('The file does not tell which of these it is: take the one that fits the picture')}
                </span>
                <select
                  className="input"
                  value={kind.id}
                  data-testid="detect-read-as"
                  onChange={(event) => change({ readAs: event.target.value, rules: new Map(), as: 'boxes' })}
                >
                  {look.value.kinds.map(({ id, title }) => (
                    <option key={id} value={id}>
                      {title}
                    </option>
                  ))}
                </select>
              </label>
            )}
            {image !== null && (
              <DetectPreview
                image={image}
                size={finds.value}
                finds={shown}
                withOutlines={form.as === 'outlines'}
                colorOf={colorOf}
              />
            )}
            <p className="dim" role="status" data-testid="detect-status">
              {status()}
            </p>
            <label className="field">
              <span>
                {t('Surer than')} <b className="value">{percent(minScore)}</b>
              </span>
              <input
                type="range"
                min={0.05}
                max={0.95}
                step={0.01}
                value={minScore}
                aria-valuetext={percent(minScore)}
                data-testid="detect-score"
                onChange={(event) => change({ minScore: event.target.valueAsNumber })}
              />
            </label>
          </div>
          <div className="detect-right">
            {kind.byWords && (
              <label className="field">
                <span>{t('What to find, a full stop between the words')}</span>
                <input
                  className="input"
                  type="text"
                  autoFocus
                  spellCheck={false}
                  autoComplete="off"
                  maxLength={4000}
                  placeholder={t('cup. spoon.')}
                  value={form.words}
                  data-testid="detect-words"
                  onChange={(event) => change({ words: event.target.value })}
                />
              </label>
            )}
            {kind.namesFrom === null && (
              <PathField
                id="detect-names"
                label={t('It has no names of its classes: a file with them')}
                value={form.names}
                placeholder={t('classes.txt or data.yaml')}
                onChange={(names) => change({ names, rules: new Map() })}
                buttons={null}
              />
            )}
            {!isMute && (
              <DetectClasses
                lines={lines}
                form={form}
                known={labels.map(({ name }) => name)}
                onChange={(next) => change({ rules: next })}
              />
            )}
            <div className="field">
              <span>{t('Make')}</span>
              <Segmented
                label={t('What is made')}
                choices={ways}
                value={form.as}
                onChange={(as) => change({ as })}
              />
            </div>
            {form.as === 'masks' && (
              <div className="field">
                <span>{t('Quality')}</span>
                <QualityChoice />
                <span className="dim">{qualityNote}</span>
              </div>
            )}
            <div className="field">
              <span>{t('For')}</span>
              <Segmented
                label={t('Images')}
                choices={(image === null ? scopes.slice(0, 2) : scopes).map(({ value, name }) => ({
                  value,
                  name: t(name),
                }))}
                value={form.scope}
                onChange={(scope) => change({ scope })}
              />
            </div>
            <label className="check">
              <input
                type="checkbox"
                checked={form.proposed}
                data-testid="detect-proposed"
                onChange={(event) => change({ proposed: event.target.checked })}
              />
              <span>{t('As proposals, which are no objects before they are accepted')}</span>
            </label>
          </div>
        </div>
      )}
      {look.busy && kind === undefined && (
        <p className="dim" role="status">
          {t('Looking at the file…')}
        </p>
      )}
      {trouble !== null && (
        <p className="error-line" role="alert" data-testid="detect-error">
          {trouble}
        </p>
      )}
    </Modal>
  )
}
