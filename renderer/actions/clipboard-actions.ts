/** Copy, cut, paste, double, and taking objects over from the image before. */
import { attempt, showNotice } from '../state/report.ts'
import type { Session } from '../state/session.ts'
import { hasImage, hasSelection, type Action, type ActionState } from './action.ts'
import { CLIPBOARD_KEY } from './press.ts'
import { platformOf, writeShortcut } from './shortcut.ts'
import { msg } from '../../common/said.ts'
import { t } from '../texts/t.ts'

const hasPrevious = (state: ActionState) => hasImage(state) && state.imagesBefore > 0

const keys = (shortcut: string) => writeShortcut(shortcut, platformOf(navigator))

/** Takes part in the browser's event: gives it the text, or pastes what it brings. Returns whether it did. */
export const exchange = (event: ClipboardEvent, { clipboard, workbench }: Session): boolean => {
  const { type, clipboardData: data } = event
  if (!data || workbench.getState().image === null) return false
  if (type === 'paste') {
    attempt(clipboard.paste(data.getData('text/plain')))
    return true
  }
  const text = type === 'cut' ? clipboard.cut() : clipboard.copy()
  if (text === null) return false
  data.setData('text/plain', text)
  return true
}

/** From a menu there is no event; where the browser refuses, the text stays in this window. */
const copyByMenu = async (type: 'copy' | 'cut', { clipboard }: Session) => {
  const text = type === 'cut' ? clipboard.cut() : clipboard.copy()
  if (text === null) return
  await navigator.clipboard.writeText(text).catch(() =>
    showNotice({
      level: 'info',
      message: t('Copied within this window alone. {keys} copies for other programs too.', {
        keys: keys('Mod+C'),
      }),
    }),
  )
}

/** The browser may ask the user first, or refuse; then it is what was copied in this window. */
const pasteByMenu = async ({ clipboard }: Session) => {
  const text = await navigator.clipboard.readText().catch(() => clipboard.last())
  if (text === null)
    showNotice({
      level: 'info',
      message: t('Press {keys} to paste what was copied elsewhere.', { keys: keys('Mod+V') }),
    })
  else await clipboard.paste(text)
}

export const clipboardActions: readonly Action[] = [
  {
    id: 'copy',
    label: msg('Copy the selected objects'),
    short: msg('Copy'),
    group: 'Edit',
    shortcuts: ['Mod+C'],
    clipboard: 'copy',
    fixed: CLIPBOARD_KEY,
    enabled: hasSelection,
    run: (session) => copyByMenu('copy', session),
  },
  {
    id: 'cut',
    label: msg('Cut the selected objects'),
    short: msg('Cut'),
    group: 'Edit',
    shortcuts: ['Mod+X'],
    clipboard: 'cut',
    fixed: CLIPBOARD_KEY,
    enabled: hasSelection,
    run: (session) => copyByMenu('cut', session),
  },
  {
    id: 'paste',
    label: msg('Paste objects'),
    short: msg('Paste'),
    group: 'Edit',
    shortcuts: ['Mod+V'],
    clipboard: 'paste',
    fixed: CLIPBOARD_KEY,
    enabled: hasImage,
    run: pasteByMenu,
  },
  {
    id: 'duplicate',
    label: msg('Double the selected objects'),
    short: msg('Double'),
    group: 'Edit',
    shortcuts: ['Mod+D'],
    enabled: hasSelection,
    whyNot: msg('Select objects to double them.'),
    run: ({ clipboard }) => clipboard.duplicate(),
  },
  {
    id: 'take-previous',
    label: msg('Take the objects of the previous image'),
    short: msg('Take all of the previous image'),
    group: 'Edit',
    shortcuts: ['I'],
    enabled: hasPrevious,
    whyNot: msg('There is no image before this one.'),
    run: ({ clipboard }) => clipboard.takePrevious(null),
  },
  {
    id: 'take-previous-class',
    label: msg('Take the objects of the current class from the previous image'),
    short: msg('Take the current class of it'),
    group: 'Edit',
    shortcuts: ['Shift+I'],
    enabled: (state) => hasPrevious(state) && state.workbench.currentLabelId !== null,
    whyNot: msg('There is no image before this one.'),
    run: ({ clipboard, workbench }) => clipboard.takePrevious(workbench.getState().currentLabelId),
  },
]
