/** Errors and notices on their way to the person: a toast for each, so that none is swallowed. */
import { toast } from 'sonner'
import type { EventPayload } from '../../common/contract.ts'
import { hasCode, toErrorReply, type ErrorCode } from '../../common/errors.ts'
import { msg } from '../../common/said.ts'
import { heard } from '../texts/heard.ts'
import { t } from '../texts/t.ts'

/** What to do next, for the codes where it is not plain from the message. */
const advice: Partial<Record<ErrorCode, string>> = {
  conflict: msg('It was changed somewhere else in between. Try again.'),
  'disk-full': msg('Free some space and try again. What was saved before is safe.'),
  'not-writable': msg('Check the permissions, or choose another folder.'),
  'project-gone': msg('The bar at the top offers ways to go on. What you drew stays in this window.'),
  'newer-project': msg('Update Maskwright to open it.'),
  'model-unavailable': msg('Choose another model in the settings.'),
  'inference-failed': msg(
    'Try the click again. If it keeps failing, choose another model or the CPU in the settings.',
  ),
}

/**
 * Shows what went wrong. Silent for `superseded` and `cancelled`, which the user asked for, and for `disconnected`,
 * which the banner shows. The same message replaces its older toast.
 */
export const reportError = (thrown: unknown): void => {
  if (hasCode(thrown, 'superseded') || hasCode(thrown, 'cancelled') || hasCode(thrown, 'disconnected')) return
  const { code, message } = toErrorReply(thrown)
  toast.error(heard(message), {
    id: `${code}:${message}`,
    description: code in advice ? t(advice[code]!) : undefined,
    duration: 10_000,
  })
}

/** Runs what nobody waits for; a failure is shown. */
export const attempt = (work: Promise<unknown>): void => void work.catch(reportError)

export const showNotice = ({ level, message }: EventPayload<'notice'>): void => {
  const options = { id: message, duration: level === 'info' ? 5_000 : 12_000 }
  const text = heard(message)
  if (level === 'error') toast.error(text, options)
  else if (level === 'warning') toast.warning(text, options)
  else toast(text, options)
}

/**
 * Says what a switch without a sight of its own was set to, in place of what it said before.
 * @param label in English
 */
export const showSwitch = (id: string, label: string, on: boolean): void => {
  const what = t(label)
  toast(on ? t('On: {what}', { what }) : t('Off: {what}', { what }), { id: `switch:${id}`, duration: 3_000 })
}

/** Takes away errors that are not true any more. @param pattern of their messages */
export const forgetErrors = (pattern: RegExp): void => {
  for (const shown of toast.getToasts())
    if (!('dismiss' in shown) && shown.type === 'error' && pattern.test(String(shown.id)))
      toast.dismiss(shown.id)
}

/** Says what is waited for, with a button to wait no longer; returns a function that takes it away. */
export const showWaiting = (message: string, button: string, goOn: () => void): (() => void) => {
  const id = toast.loading(message, { duration: Infinity, action: { label: button, onClick: goOn } })
  return () => void toast.dismiss(id)
}
