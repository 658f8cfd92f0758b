/**
 * Files and folders that are dropped on the window: a film is opened as frames; of an open folder they are labels, a
 * detector (.onnx) or a task; else they are opened.
 */
import { useEffect, useEffectEvent } from 'react'
import { toast } from 'sonner'
import { isFilmName } from '../../../common/film.ts'
import { isTaskName, openTask, openTaskText } from '../../state/open-task.ts'
import { attempt } from '../../state/report.ts'
import { t } from '../../texts/t.ts'
import type { Session } from '../../state/session.ts'

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true

export const useDroppedLabels = (
  session: Session,
  pathOfDropped: (file: File) => Promise<string | null>,
): void => {
  const find = useEffectEvent(pathOfDropped)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault()
    }
    const take = async (file: File) => {
      const path = await find(file)
      const hasProject = session.store.getState().project !== null
      const isFilm = isFilmName(file.name)
      const isDetector = /\.onnx$/i.test(file.name)
      if (isTaskName(file.name)) {
        if (!hasProject) toast(t('Open the folder of images first, then drop the task on the window.'))
        else if (path === null) await openTaskText(session, file)
        else await openTask(session, { from: 'file', file: path })
        return
      }
      if (isDetector && !hasProject) {
        toast(t('Open the folder of images first, then drop the detector on the window.'))
        return
      }
      if (path === null) {
        toast(t('A browser does not tell where a dropped file lies. Paste its path instead.'))
        if (isFilm) session.view.show('film')
        else if (isDetector) session.view.show('detect')
        else session.view.show(hasProject ? 'import' : 'open-folder')
      } else if (isFilm) session.view.showFilm(path)
      else if (isDetector) session.view.showDetect(path)
      else if (hasProject) session.view.showImport(path)
      else await session.openFolder(path)
    }
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      const [file] = event.dataTransfer?.files ?? []
      if (file !== undefined) attempt(take(file))
    }
    window.addEventListener('dragover', over)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('drop', drop)
    }
  }, [session])
}
