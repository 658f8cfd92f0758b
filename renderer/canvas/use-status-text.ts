/** What the stage shows, in words, as it is told. */
import { useEffect, useState } from 'react'
import type { Workbench } from '../state/workbench-store.ts'
import { PATIENCE, statusText } from './status-text.ts'

/**
 * That the model looks for an object is told when it lasts: without a GPU each change of the page takes the processor
 * from the mask.
 */
export const useStatusText = (workbench: Workbench): string => {
  const [text, setText] = useState(() => statusText(workbench.getState()))
  useEffect(() => {
    let late: ReturnType<typeof setTimeout> | undefined
    const tell = () => {
      clearTimeout(late)
      late = undefined
      setText(statusText(workbench.getState()))
    }
    tell()
    const stop = workbench.subscribe(({ smart, tool }) => {
      if (tool === 'smart' && smart.status === 'thinking') late ??= setTimeout(tell, PATIENCE)
      else tell()
    })
    return () => {
      stop()
      clearTimeout(late)
    }
  }, [workbench])
  return text
}
