/** Shortcuts as text ('Mod+Shift+Z'): whether a key event is one, and how a platform writes it. */

import { msg } from '../../common/said.ts'
import { t } from '../texts/t.ts'

/** The part of KeyboardEvent that decides. */
export interface KeyInput {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

export type Platform = 'mac' | 'other'

export const platformOf = (navigator: Pick<Navigator, 'userAgent'>): Platform =>
  /Mac OS|iPhone|iPad/.test(navigator.userAgent) ? 'mac' : 'other'

interface Shortcut {
  readonly key: string
  readonly mod: boolean
  readonly shift: boolean
  readonly alt: boolean
}

/** @throws Error when the text names no key or an unknown modifier */
export const parseShortcut = (text: string): Shortcut => {
  const parts = text === '+' ? ['+'] : text.replace(/\+\+$/, '+Plus').split('+')
  const key = parts.at(-1) ?? ''
  const modifiers = parts.slice(0, -1)
  const unknown = modifiers.find((name) => !['Mod', 'Shift', 'Alt'].includes(name))
  if (key === '' || unknown !== undefined) throw new Error(`"${text}" is not a shortcut.`)
  return {
    key: key === 'Plus' ? '+' : key,
    mod: modifiers.includes('Mod'),
    shift: modifiers.includes('Shift'),
    alt: modifiers.includes('Alt'),
  }
}

const isLetter = (key: string) => /^[A-Za-z]$/.test(key)
const isDigit = (key: string) => /^[0-9]$/.test(key)

/**
 * Letters go by the character, so that they stay where the layout has them, and by the position where the layout is
 * not Latin. Digits go by the position too: on AZERTY the digit row types digits only with Shift.
 */
const isKey = (event: KeyInput, key: string): boolean => {
  if (key === 'Space') return event.key === ' '
  if (isLetter(key))
    return isLetter(event.key)
      ? event.key.toUpperCase() === key
      : !/^[\x20-\x7e]$/.test(event.key) && event.code === `Key${key}`
  if (isDigit(key)) return event.key === key || event.code === `Digit${key}`
  return event.key === key
}

/** A sign that needs Shift on some layouts ('?', '+') matches with or without it. */
const shiftIsFree = (key: string) => key.length === 1 && !isLetter(key) && !isDigit(key)

export const matchesShortcut = (event: KeyInput, text: string, platform: Platform): boolean => {
  const { key, mod, shift, alt } = parseShortcut(text)
  const pressed = platform === 'mac' ? event.metaKey : event.ctrlKey
  const other = platform === 'mac' ? event.ctrlKey : event.metaKey
  if (other || pressed !== mod || event.altKey !== alt) return false
  if (!shiftIsFree(key) && event.shiftKey !== shift) return false
  return isKey(event, key)
}

const macModifiers: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' }
const names: Readonly<Record<string, string>> = {
  ArrowRight: '→',
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  // As on the key, and not as the command is called.
  Delete: 'Del',
}

/** What is printed on the keys differs between languages. */
const printed: ReadonlySet<string> = new Set([
  msg('Ctrl'),
  msg('Shift'),
  msg('Alt'),
  msg('Space'),
  msg('Enter'),
  msg('Tab'),
  msg('Esc'),
  msg('Backspace'),
  msg('Del'),
  msg('Home'),
  msg('End'),
  msg('PageUp'),
  msg('PageDown'),
])
const print = (name: string) => (printed.has(name) ? t(name) : name)

/** The keys to press, in order, as the platform writes them: ['Ctrl', 'Shift', 'Z'] or ['⌘', '⇧', 'Z']. */
export const keysOf = (text: string, platform: Platform): string[] => {
  const { key, mod, shift, alt } = parseShortcut(text)
  const modifiers = [...(mod ? ['Mod'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : [])]
  const write = (name: string) =>
    platform === 'mac' ? (macModifiers[name] ?? name) : name === 'Mod' ? 'Ctrl' : name
  return [...modifiers.map(write), names[key] ?? key].map(print)
}

export const writeShortcut = (text: string, platform: Platform): string =>
  keysOf(text, platform).join(platform === 'mac' ? '' : '+')
