/** The session for the React tree, and hooks that read its stores. */
import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { MirrorState } from '../../common/contract/mirror.ts'
import type { ImagePagesState } from './image-pages.ts'
import type { LabelsState } from './labels.ts'
import { plainView, type ViewLevels } from './levels.ts'
import type { NavigationState } from './navigation.ts'
import type { AppState, Session } from './session.ts'
import type { ViewState } from './view.ts'
import type { ModelsState } from './models.ts'
import type { WorkState } from './work.ts'
import type { WorkbenchActions, WorkbenchState } from '../workbench/types.ts'

const SessionContext = createContext<Session | null>(null)
export const SessionProvider = SessionContext.Provider

export const useSession = (): Session => {
  const session = use(SessionContext)
  if (!session) throw new Error('Used outside of SessionProvider.')
  return session
}

export const useApp = <T>(select: (state: AppState) => T): T => useStore(useSession().store, select)
export const useImages = <T>(select: (state: ImagePagesState) => T): T =>
  useStore(useSession().images.store, select)
export const useNavigation = <T>(select: (state: NavigationState) => T): T =>
  useStore(useSession().navigation.store, select)
export const useLabels = (): LabelsState['labels'] =>
  useStore(useSession().labels.store, (state) => state.labels)
export const useView = <T>(select: (state: ViewState) => T): T => useStore(useSession().view.store, select)

/** What the image on screen is shown with, and whether that is its own or its folder's. */
export const useShownLevels = (): { levels: ViewLevels; isOwn: boolean } => {
  const { levels } = useSession()
  const file = useApp((state) => state.project?.file ?? null)
  const path = useWorkbench((state) => state.image?.path ?? null)
  useStore(levels.store)
  return file === null || path === null ? { levels: plainView, isOwn: false } : levels.of(file, path)
}

export const useWork = <T>(select: (state: WorkState) => T): T => useStore(useSession().work.store, select)

export const useWorkbench = <T>(select: (state: WorkbenchState) => T): T =>
  useStore(useSession().panelsStore, select)

/** The workbench's actions, which never change. */
export const useWorkbenchActions = (): WorkbenchActions => useSession().workbench.getState()

export const useBeside = <T>(select: (state: { readonly mirror: MirrorState | null }) => T): T =>
  useStore(useSession().beside.store, select)

export const useModels = <T>(select: (state: ModelsState) => T): T =>
  useStore(useSession().models.store, select)
