/** Waits for the next key, before dialog, menus and the app's own keys see it. */
import { useEffect, useEffectEvent } from 'react'
import { pressOf, type Press } from '../../actions/press.ts'
import { platformOf } from '../../actions/shortcut.ts'

/**
 * @param onPress with the key; Esc alone is `onLeave`
 */
export const useRecorder = (isOn: boolean, onPress: (press: Press) => void, onLeave: () => void): void => {
  const take = useEffectEvent((event: KeyboardEvent) => {
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.isComposing || event.repeat) return
    if (event.key === 'Escape' && !event.ctrlKey && !event.altKey && !event.shiftKey && !event.metaKey) {
      onLeave()
      return
    }
    const press = pressOf(event, platformOf(navigator))
    if (press) onPress(press)
  })
  useEffect(() => {
    if (!isOn) return
    window.addEventListener('keydown', take, true)
    return () => window.removeEventListener('keydown', take, true)
  }, [isOn])
}
