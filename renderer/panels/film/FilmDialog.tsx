/** A film becomes a folder of frames, which is opened: choose, run with progress and cancel, open. */
import { useEffect, useEffectEvent, useState } from 'react'
import { toast } from 'sonner'
import type { FilmDetail, FilmRequest } from '../../../common/contract/film.ts'
import { hasCode, toErrorReply } from '../../../common/errors.ts'
import { filmEndings, isFilmName } from '../../../common/film.ts'
import { isOngoing, type WorkOf } from '../../../common/work-kinds.ts'
import { attempt } from '../../state/report.ts'
import { useSession, useView, useWork } from '../../state/session-context.ts'
import { runOf } from '../../state/work.ts'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'
import { FileField } from '../controls/FileField.tsx'
import { Modal } from '../controls/Modal.tsx'
import { useFilled } from '../controls/use-keys.ts'
import { pathOf } from '../paths.ts'
import { emptyFilm, filmRequestOf } from './film-form.ts'
import { FfmpegMissing } from './FfmpegMissing.tsx'
import { filmFacts, FilmFields, FilmYield } from './FilmFields.tsx'
import { FilmPlace } from './FilmPlace.tsx'
import { FilmProgress } from './FilmProgress.tsx'
import { useFilm, useFilmTool } from './use-film.ts'

/** The notice of what can be done now is there to be read, ms. */
const NOTICE_MS = 20_000

/** The run of that id, and what is done at its end. */
const useRun = (id: string | null, onEnd: (run: WorkOf<'film'>) => void) => {
  const run = useWork((state) => {
    const newest = runOf(state, 'film')
    return newest?.id === id ? newest : null
  })
  const end = useEffectEvent(onEnd)
  useEffect(() => {
    if (run && !isOngoing(run)) end(run)
  }, [run])
  return run
}

const FilmField = ({ value, onChange }: { value: string; onChange: (path: string) => void }) => {
  const path = pathOf(value)
  const isOther = /[^\\/]\.\w{2,4}$/.test(path) && !isFilmName(path)
  return (
    <FileField
      name="film"
      label={t('The film')}
      value={value}
      wanted={{ title: t('Open a film'), kind: t('Films'), extensions: filmEndings }}
      onChange={onChange}
    >
      {(path === '' || isOther) && (
        <span className="dim">
          {t('MP4, MOV, MKV, WebM, AVI, MPEG, WMV, FLV or Ogg. It can be dropped on the window too.')}
        </span>
      )}
    </FileField>
  )
}

export const FilmDialog = ({ onClose }: { onClose: () => void }) => {
  const session = useSession()
  const { work } = session
  const given = useView((state) => state.filmPath)
  // One that a page before this one has started goes on.
  const before = useWork((state) => runOf(state, 'film'))
  const [runId, setRunId] = useState(before && isOngoing(before) ? before.id : null)
  const [starting, setStarting] = useState(false)
  const [form, setForm] = useState(() => emptyFilm(given))
  const [problem, setProblem] = useState<string | null>(null)
  /** Written, and not opened: another folder is held open. */
  const [made, setMade] = useState<FilmDetail | null>(null)
  const tool = useFilmTool()
  const film = useFilm(form.path, tool.answer?.isThere === true)
  const change = (part: Partial<typeof form>) => {
    setProblem(null)
    setForm((now) => ({ ...now, ...part }))
  }
  const next = useFilled(
    t(
      'Label objects in the first frame. {follow-next} takes them to the next frame, {follow-through} through all of them: as proposals, which you accept or mend.',
    ),
  )

  const open = async (detail: FilmDetail) => {
    try {
      const isOpen = await session.openFolder(detail.out)
      onClose()
      if (!isOpen) return
      const { frames, name } = detail
      const said = t('{count, plural, one {# frame} other {# frames}} of {name}', { count: frames, name })
      const broken = detail.brokeOff ? `${t('The film breaks off: these are the frames before.')} ` : ''
      toast(said, { description: `${broken}${next}`, duration: NOTICE_MS })
    } catch (thrown) {
      setMade(detail)
      setProblem(toErrorReply(thrown).message)
    }
  }
  const run = useRun(runId, (ended) => {
    setRunId(null)
    if (ended.state === 'done' && ended.detail !== null) attempt(open(ended.detail))
    else setProblem(ended.failure?.message ?? t('Cancelled: nothing was written.'))
  })
  const isRunning = runId !== null
  const out = form.out ?? film.place?.out ?? ''
  const placeProblem = film.place?.problem ?? null
  const request = film.look === null ? null : filmRequestOf(form, out)
  const start = async (asked: FilmRequest) => {
    setProblem(null)
    setStarting(true)
    try {
      setRunId(await work.start('film', asked))
    } catch (thrown) {
      if (!hasCode(thrown, 'cancelled')) setProblem(toErrorReply(thrown).message)
    } finally {
      setStarting(false)
    }
  }
  const putInto = async (folder: string) => {
    await film.putInto(folder)
    change({ out: null })
  }
  const close = () => {
    if (runId === null) onClose()
    else attempt(work.cancel(runId))
  }
  const isMissing = tool.answer?.isThere === false
  const said = problem ?? film.problem
  const trouble = said === null ? null : heard(said)
  const primary = () => {
    if (isMissing)
      return (
        <button
          type="button"
          className="button primary"
          disabled={tool.busy}
          data-testid="film-again"
          onClick={() => tool.look()}
        >
          {t('Try again')}
        </button>
      )
    if (made !== null)
      return (
        <button
          type="button"
          className="button primary"
          data-testid="film-open"
          onClick={() => void open(made)}
        >
          {t('Open the folder')}
        </button>
      )
    return (
      <button
        type="submit"
        form="film-form"
        className="button primary"
        disabled={request === null || starting || (form.out === null && placeProblem !== null)}
        data-testid="film-run"
      >
        {t('Open as frames')}
      </button>
    )
  }
  return (
    <Modal
      open
      onClose={close}
      title={t('Open a film')}
      description={t('Its frames become a folder of images, which is opened. The film is only read.')}
      width={560}
      testId="film-dialog"
      footer={
        <>
          <button type="button" className="button" data-testid="film-cancel" onClick={close}>
            {made === null ? t('Cancel') : t('Close')}
          </button>
          {!isRunning && primary()}
        </>
      }
    >
      {isMissing && <FfmpegMissing install={tool.answer.install} still={tool.stillMissing} />}
      {isRunning && <FilmProgress run={run} />}
      {!isMissing && !isRunning && made === null && (
        <form
          id="film-form"
          className="import-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (request !== null) void start(request)
          }}
        >
          <FilmField value={form.path} onChange={(path) => change({ path, out: null })} />
          {film.busy && (
            <p className="dim" role="status">
              {t('Looking at the film…')}
            </p>
          )}
          {film.look !== null && (
            <>
              <p className="film-facts" data-testid="film-facts">
                {filmFacts(film.look)}
              </p>
              <FilmFields form={form} look={film.look} onChange={change} />
              <FilmPlace
                out={out}
                problem={form.out === null ? placeProblem : null}
                onChange={(to) => change({ out: to })}
                onFolder={(folder) => attempt(putInto(folder))}
              />
              <FilmYield
                form={form}
                look={film.look}
                freeBytes={form.out === null ? (film.place?.freeBytes ?? null) : null}
              />
            </>
          )}
        </form>
      )}
      {made !== null && <p>{t('The frames are in {folder}.', { folder: made.out })}</p>}
      {trouble !== null && !isRunning && (
        <p className="error-line" role="alert" data-testid="film-error">
          {trouble}
        </p>
      )}
    </Modal>
  )
}
