/** The window on a session: starts it, starts it again after a lost connection, and shows what breaks. */
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { App } from './App.tsx'
import { Stage } from './canvas/Stage.tsx'
import type { Connection } from './panels/ConnectionBanner.tsx'
import { ErrorBoundary } from './panels/ErrorBoundary.tsx'
import { versionOf } from '../common/picture-version.ts'
import { useDroppedLabels } from './panels/import/use-dropped-labels.ts'
import { guardLeaving } from './state/leave.ts'
import { attempt, reportError, showWaiting } from './state/report.ts'
import type { Session } from './state/session.ts'
import { languageOf, loadTexts, tagOf } from './texts/languages.ts'
import { speak, t } from './texts/t.ts'
import { useLanguage } from './texts/use-language.ts'
import { SessionProvider, useLabels, useSession } from './state/session-context.ts'

const LabelledStage = () => {
  const { store, workbench, panelsStore, urls, images } = useSession()
  const labels = useLabels()
  const [imageUrl] = useState(() => (imageId: number) => {
    const shown = workbench.getState().image
    // The list may not have heard yet that the file changed.
    const image = shown?.id === imageId ? shown : images.find(imageId)
    return urls.imageUrl(imageId, image ? versionOf(store.getState().project, image) : 0)
  })
  return <Stage workbench={workbench} panels={panelsStore} labels={labels} imageUrl={imageUrl} />
}

const useConnection = (
  session: Session,
  onConnection: (listener: (connection: Connection) => void) => () => void,
): Connection => {
  const [connection, setConnection] = useState<Connection>('connected')
  useEffect(() => {
    let starting = false
    const start = async () => {
      if (starting) return
      starting = true
      try {
        await session.start()
      } catch (thrown) {
        reportError(thrown)
      } finally {
        starting = false
      }
    }
    void start()
    // What happened while the connection was lost was not heard.
    let lost = false
    return onConnection((now) => {
      setConnection(now)
      if (now === 'connected' && lost) void start()
      lost = now !== 'connected'
    })
  }, [session, onConnection])
  return connection
}

/** An object that waits for its mask is stored before the window goes. */
const useLeaving = ({ store, workbench }: Session) =>
  useEffect(() => {
    const closesItself = () => store.getState().info?.shell === 'electron'
    const tell = (goOn: () => void) => showWaiting(t('Storing the last object…'), t('Leave now'), goOn)
    return guardLeaving({ window, workbench, tell, closesItself })
  }, [store, workbench])

/** The photo on screen may have been changed by the program that the user comes back from. */
const useReturning = ({ client, workbench }: Session) =>
  useEffect(() => {
    const look = () => {
      const { image } = workbench.getState()
      // What has changed is told by an event.
      if (image) client.call('images.open', { imageId: image.id }).catch(() => undefined)
    }
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  }, [client, workbench])

/** Speaks the language of the settings as soon as its catalogue is there. Everything is drawn anew in it; nothing is lost. */
const useSpeech = ({ store }: Session) => {
  const language = useLanguage()
  const setting = useStore(store, ({ settings }) => settings?.language ?? null)
  useEffect(() => {
    if (setting === null) return
    let isWished = true
    attempt(
      loadTexts(languageOf(setting, navigator.languages)).then((texts) => {
        if (isWished) speak(texts)
      }),
    )
    return () => {
      isWished = false
    }
  }, [setting])
  useEffect(() => {
    document.documentElement.lang = tagOf(language)
  }, [language])
}

export const MainWindow = ({
  session,
  onConnection,
  pathOfDropped,
}: {
  session: Session
  /** Where a dropped file or folder lies; null where the shell does not tell. */
  pathOfDropped: (file: File) => Promise<string | null>
  onConnection: (listener: (connection: Connection) => void) => () => void
}) => {
  useSpeech(session)
  const connection = useConnection(session, onConnection)
  useLeaving(session)
  useReturning(session)
  useDroppedLabels(session, pathOfDropped)
  return (
    <ErrorBoundary>
      <SessionProvider value={session}>
        <App stage={<LabelledStage />} connection={connection} />
      </SessionProvider>
    </ErrorBoundary>
  )
}
