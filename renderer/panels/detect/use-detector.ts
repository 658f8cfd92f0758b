/** Asks what a file is, and what it finds on the open image, while the dialog of detectors is open. */
import { useEffect, useRef, useState } from 'react'
import type { DetectorLook, FoundObject } from '../../../common/contract/detect.ts'
import { hasCode } from '../../../common/errors.ts'
import type { ImageId } from '../../../common/model.ts'
import { useSession } from '../../state/session-context.ts'
import { detectorOf, isWholePath } from './detect-form.ts'
import { errorText } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

/** The preview asks for all above this, so that the slider needs no new run. */
const LEAST = 0.05
/** Each question of a detector by words is a run of some seconds. */
const SETTLED_MS = 500

/** The answer to what is asked now; null while it is on its way, or nothing is asked. */
interface Answer<T> {
  readonly value: T | null
  readonly problem: string | null
  readonly busy: boolean
}

const resting = { value: null, problem: null, busy: false } as const

const problemOf = (thrown: unknown) =>
  hasCode(thrown, 'cancelled') ? t('The file was not allowed.') : errorText(thrown)

/** Keeps what came of the newest question; what came of an older one is dropped. */
const createNewest = <T>(set: (change: (before: Answer<T>) => Answer<T>) => void) => {
  let newest = 0
  return {
    /** @param keeps the answer before is shown until this one is there, and after a problem */
    ask(question: Promise<T>, keeps = false) {
      const mine = ++newest
      const kept = ({ value }: Answer<T>) => (keeps ? value : null)
      set((before) => ({ value: kept(before), problem: null, busy: true }))
      question.then(
        (value) => mine === newest && set(() => ({ value, problem: null, busy: false })),
        (thrown: unknown) =>
          mine === newest &&
          set((before) => ({ value: kept(before), problem: problemOf(thrown), busy: false })),
      )
    },
    forget() {
      newest++
      set(() => resting)
    },
  }
}

/** What was typed, once nothing was typed for a while. */
export const useSettled = (text: string): string => {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const later = setTimeout(() => setSettled(text), SETTLED_MS)
    return () => clearTimeout(later)
  }, [text])
  return settled
}

export const useDetectorLook = (path: string, names: string, words: string): Answer<DetectorLook> => {
  const { client } = useSession()
  const [answer, setAnswer] = useState<Answer<DetectorLook>>(resting)
  const [newest] = useState(() => createNewest(setAnswer))
  const file = useRef('')
  useEffect(() => {
    const detector = detectorOf({ path, names, words, readAs: null })
    const isSame = file.current === `${path}\n${names}`
    file.current = `${path}\n${names}`
    if (!isWholePath(path, names)) newest.forget()
    else newest.ask(client.call('detect.look', { detector }), isSame)
  }, [client, newest, path, names, words])
  return answer
}

export interface Seen {
  readonly width: number
  readonly height: number
  /** Of the run. */
  readonly ms: number
  readonly found: readonly FoundObject[]
}

/** @param readAs null while it is not known what the file is, or what it is to find */
export const useFinds = (
  path: string,
  names: string,
  words: string,
  readAs: string | null,
  imageId: ImageId | null,
): Answer<Seen> => {
  const { client } = useSession()
  const [answer, setAnswer] = useState<Answer<Seen>>(resting)
  const [newest] = useState(() => createNewest(setAnswer))
  useEffect(() => {
    if (readAs === null || imageId === null) newest.forget()
    else {
      const detector = detectorOf({ path, names, words, readAs })
      newest.ask(client.call('detect.try', { detector, imageId, minScore: LEAST }))
    }
  }, [client, newest, path, names, words, readAs, imageId])
  return answer
}
