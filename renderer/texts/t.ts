/**
 * `t`, which every text of the window goes through, and the language that it speaks. That language is the one piece of
 * module state of the page: it belongs to the page as `document.documentElement.lang` does, and pure steps of tools,
 * toasts, tables and components all need it without being handed it.
 */
import { createElement, Fragment, type ReactNode } from 'react'
import type { Language } from '../../common/languages.ts'
import type { TextValues } from '../../common/said.ts'
import { createTexts, type Texts } from './texts.ts'

let active: Texts = createTexts('en', {})
const listeners = new Set<() => void>()

/**
 * The text of an English sentence in the language of the window: `t('Open folder…')`, or with values
 * `t('{count, plural, one {# object} other {# objects}} selected', { count })`. Cheap: a message is parsed once.
 */
export const t = (key: string, values?: TextValues): string => active.text(key, values)

/** The same where a value is an element: `rich('Press {key} to add the first.', { key: <kbd>N</kbd> })`. */
export const rich = (key: string, values: Readonly<Record<string, ReactNode>>): ReactNode =>
  createElement(Fragment, null, ...active.pieces<ReactNode>(key, values))

/** Numbers and dates of the active language. */
export const activeTexts = (): Texts => active

export const speak = (texts: Texts): void => {
  if (texts === active) return
  active = texts
  for (const listener of listeners) listener()
}

/** Calls back after each change of the language; returns a function that stops it. */
export const onLanguage = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const activeLanguage = (): Language => active.language
