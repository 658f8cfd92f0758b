/** What the stage shows, in words, at the pace of a screen reader. */
import { useEffect, useState } from 'react'
import type { PanelsStore } from '../state/panels-store.ts'
import { PATIENCE } from '../tools/mask-draft.ts'
import { useLanguage } from '../texts/use-language.ts'
import { statusText } from './status-text.ts'

/**
 * "Looking for the object" comes only when it lasts: without a GPU each change of the page takes the processor from the
 * mask.
 */
export const useStatusText = (workbench: PanelsStore): string => {
  const language = useLanguage()
  const [text, setText] = useState(() => statusText(workbench.getState()))
  useEffect(() => {
    let late: ReturnType<typeof setTimeout> | undefined
    const say = () => {
      clearTimeout(late)
      late = undefined
      setText(statusText(workbench.getState()))
    }
    say()
    const stop = workbench.subscribe(({ masks }) => {
      if (masks.status === 'thinking') late ??= setTimeout(say, PATIENCE)
      else say()
    })
    return () => {
      stop()
      clearTimeout(late)
    }
  }, [workbench, language])
  return text
}
