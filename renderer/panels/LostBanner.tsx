/** Stays while the project has lost its file: what happened, where all that was stored is, and the ways to go on. */
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { CallInput } from '../../common/contract.ts'
import type { ProjectLost } from '../../common/model.ts'
import { reportError } from '../state/report.ts'
import { useApp, useSession } from '../state/session-context.ts'
import { heard } from '../texts/heard.ts'
import { rich, t } from '../texts/t.ts'
import { Tip } from './controls/Tip.tsx'

const Safety = ({ lost }: { lost: ProjectLost }) => {
  if (lost.movedTo !== null)
    return t('All that was stored is in there. Nothing new can be stored until it is opened there.')
  if (lost.why === 'taken')
    return t(
      'All that you stored is in it. Nothing new can be stored here; what you draw stays in this window.',
    )
  if (lost.copy !== null)
    return rich(
      'All that was stored is safe in a copy: {copy}. Nothing new can be stored until you choose; what you draw stays in this window.',
      { copy: <code>{lost.copy}</code> },
    )
  return lost.copyProblem === null
    ? t('All that was stored is still at hand; a copy is being made.')
    : t(
        'All that was stored is still at hand, so leave this window open. A copy could not be made yet: {why}',
        { why: heard(lost.copyProblem) },
      )
}

interface Way {
  readonly id: string
  readonly label: string
  readonly tip: string
  readonly run: () => Promise<unknown>
}

/** The ways to go on, the best one first. */
const useWays = (lost: ProjectLost | null, folder: string): Way[] => {
  const session = useSession()
  const rescue = (choice: CallInput<'project.rescue'>) => session.client.call('project.rescue', choice)
  const ways: Way[] = []
  if (lost === null) return ways
  const add = (id: string, label: string, tip: string, run: Way['run']) => ways.push({ id, label, tip, run })
  if (lost.movedTo !== null)
    add('moved', t('Open it there'), t('Go on in {place}', { place: lost.movedTo }), () =>
      rescue({ to: 'moved' }),
    )
  if (lost.canWriteBack)
    add(
      'back',
      t('Write it back'),
      t('Writes the project into the folder again, with all that was stored'),
      () => rescue({ to: 'back' }),
    )
  if (lost.canWriteBack && lost.why === 'replaced')
    add(
      'there',
      t('Open what is there'),
      t('Opens the file that has taken its place, or the copy, whichever is newer'),
      () => session.openFolder(folder),
    )
  if (lost.canWriteBack && lost.why === 'missing' && lost.copy !== null)
    add('data', t('Go on with the copy'), t('Keeps the project in the data folder from now on'), () =>
      rescue({ to: 'data' }),
    )
  if (lost.why === 'taken')
    add('take', t('Take it back'), t('The other computer can store nothing more then'), () =>
      session.takeBack(),
    )
  if (!lost.canWriteBack && lost.movedTo === null && lost.why !== 'taken')
    add('retry', t('Try again'), t('When the drive is connected or the folder is back'), () =>
      session.openFolder(folder),
    )
  add('copy', t('Save a copy…'), t('Writes the project into another folder'), async () => {
    if (!session.store.getState().info?.nativeDialog) return session.view.show('save-copy')
    const { folder: chosen } = await session.client.call('folders.choose', {
      title: t('Save the project in a folder'),
    })
    return chosen === null ? null : rescue({ to: 'elsewhere', folder: chosen })
  })
  return ways
}

export const LostBanner = () => {
  const lost = useApp((state) => state.project?.lost ?? null)
  const folder = useApp((state) => state.project?.folder ?? '')
  const ways = useWays(lost, folder)
  const [running, setRunning] = useState<string | null>(null)
  if (lost === null) return null
  const run = async ({ id, run: work }: Way) => {
    setRunning(id)
    try {
      await work()
    } catch (thrown) {
      reportError(thrown)
    } finally {
      setRunning(null)
    }
  }
  return (
    <div className="banner lost" role="alert" data-testid="lost-banner" data-why={lost.why}>
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden />
      <p>
        <strong>{heard(lost.message)}</strong> <Safety lost={lost} />
      </p>
      <div className="banner-ways">
        {ways.map((way, index) => (
          <Tip key={way.id} text={way.tip}>
            <button
              type="button"
              className={index === 0 ? 'button primary' : 'button'}
              disabled={running !== null}
              data-testid={`lost-${way.id}`}
              onClick={() => void run(way)}
            >
              {running === way.id ? t('Working…') : way.label}
            </button>
          </Tip>
        ))}
      </div>
    </div>
  )
}
