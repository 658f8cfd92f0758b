/** A key that is pressed to become a command's: as the text of a shortcut, or why it can't be. */
import type { KeyInput, Platform } from './shortcut.ts'
import { msg } from '../../common/said.ts'
import { t } from '../texts/t.ts'

export type Press = { readonly shortcut: string } | { readonly refusal: string }

const modifiers = [
  'Control',
  'Shift',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'Dead',
  'Process',
  'Unidentified',
]

/** Why another key can't copy, cut or paste, and these can do nothing else. */
export const CLIPBOARD_KEY = msg('The system’s clipboard can be used by this key alone.')

const SYSTEM = msg('The system or the browser keeps this key for itself.')
const refused: Readonly<Record<string, string>> = {
  Space: msg('Space keeps a draft when it is tapped, and pans while it is held.'),
  Escape: msg('Esc gives no key: it ends the question.'),
  ...Object.fromEntries(['Mod+C', 'Mod+X', 'Mod+V'].map((key) => [key, CLIPBOARD_KEY])),
  ...Object.fromEntries(
    ['Mod+W', 'Mod+Q', 'Mod+T', 'Mod+Shift+W', 'Mod+Shift+T', 'Mod+Shift+I', 'Alt+F4', 'F11', 'F12'].map(
      (key) => [key, SYSTEM],
    ),
  ),
}

/** Keys that a browser takes before a page can; the desktop app has them. */
const browserKeys: readonly string[] = [
  'Mod+N',
  'Mod+Shift+N',
  ...'123456789'.split('').map((digit) => `Mod+${digit}`),
]

/** Said of a key that works in the desktop app and not in a browser; null for all others. */
export const browserNote = (shortcut: string, shell: string): string | null =>
  shell === 'web' && browserKeys.includes(shortcut)
    ? t('Browsers keep this key for themselves; it works in the desktop app.')
    : null

const keyOf = ({ key, code }: KeyInput): string | null => {
  if (key === ' ') return 'Space'
  if (/^[A-Za-z]$/.test(key)) return key.toUpperCase()
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  // A layout without Latin letters, or a sign that Alt makes of a letter on a Mac.
  if (letter !== undefined && !/^[\x20-\x7e]$/.test(key)) return letter
  const digit = /^Digit([0-9])$/.exec(code)?.[1]
  if (digit !== undefined) return digit
  if (/^[\x21-\x7e]$/.test(key)) return key
  return /^[A-Z][A-Za-z0-9]{1,20}$/.test(key) ? key : null
}

/** null while only modifiers are down, or for a key that has no name. */
export const pressOf = (event: KeyInput, platform: Platform): Press | null => {
  if (modifiers.includes(event.key)) return null
  const key = keyOf(event)
  if (key === null) return null
  const [mod, other] = platform === 'mac' ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey]
  if (other) return { refusal: t(SYSTEM) }
  const isSign = key.length === 1 && !/[A-Z0-9]/.test(key)
  const shift = event.shiftKey && !isSign
  const shortcut = `${mod ? 'Mod+' : ''}${event.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${key}`
  const refusal = refused[shortcut] ?? (key === 'Space' ? refused.Space : undefined)
  return refusal === undefined ? { shortcut } : { refusal: t(refusal) }
}
