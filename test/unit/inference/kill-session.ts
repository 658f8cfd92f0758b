/**
 * A scripted session of an annotator whose inference process is killed at random points of it: while it starts,
 * encodes, decodes, between them and when idle. Every answer is given to `check` with the question it belongs to.
 */
import { expect } from 'vitest'
import type { SegmentAnswer, MaskQuestion } from '../../../common/segmentation.ts'
import { createInference } from '../../../core/inference/client/client.ts'
import { forkInferenceProcess } from '../../../core/inference/client/fork.ts'
import type { InferenceOptions } from '../../../core/inference/client/inference.ts'
import type { InferenceImage } from '../../../core/inference/image.ts'
import type { InferenceProcess } from '../../../core/inference/process.ts'
import { box, point, requestOf } from './asked.ts'

export interface Photo {
  readonly image: InferenceImage
  readonly width: number
  readonly height: number
  /** A point on an object, and half the side of a box around it. */
  readonly object: { readonly x: number; readonly y: number; readonly half: number }
}

/** @throws when the answer is not of this photo and question */
export type Check = (photo: Photo, request: MaskQuestion, answer: SegmentAnswer) => void

export interface SessionOptions {
  readonly kills: number
  readonly photos: readonly Photo[]
  readonly modelFolders: readonly string[]
  readonly dataFolder: string
  readonly options: InferenceOptions
  /** Numbers in [0, 1). */
  readonly random: () => number
  readonly check: Check
}

/** A click is given up after three crashes, and so is the process when it dies three times before it is ready. */
const KILLS_A_CLICK = 2

const states = ['restarting', 'encoding', 'decoding', 'posted', 'asked'] as const
type Moment = { readonly state: (typeof states)[number]; readonly delay: number }

/** Up to this long after the moment, ms: a start takes some 300, an encode 40, a decode 5. */
const longest = { restarting: 300, encoding: 40, decoding: 4, posted: 6, asked: 60 }

/** Kills the newest of the processes it started, each once. */
const createKiller = () => {
  const processes: InferenceProcess[] = []
  const timers = new Set<NodeJS.Timeout>()
  const killed = new Set<InferenceProcess>()
  let moments: Moment[] = []
  const kill = () => {
    const newest = processes.at(-1)
    if (newest === undefined || killed.has(newest)) return
    killed.add(newest)
    newest.kill()
  }
  return {
    kill,
    count: () => killed.size,
    startProcess(): InferenceProcess {
      const started = forkInferenceProcess()
      processes.push(started)
      started.onMessage((said) => {
        if (said.type === 'stage' && said.stage === 'decoding') this.reach('decoding')
      })
      // What needs no encode is decoded as soon as it is there, and the process says nothing of it.
      const post = started.post.bind(started)
      return {
        ...started,
        post: (message) => {
          post(message)
          if (message.type === 'segment') this.reach('posted')
        },
      }
    },
    plan: (next: Moment[]) => void (moments = next),
    reach(state: string) {
      const [next] = moments
      if (next?.state !== state) return
      moments.shift()
      timers.add(setTimeout(kill, next.delay))
    },
    rest() {
      moments = []
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}

/** Plays the session until the process was killed so many times. @returns what the user was told */
export const playSession = async (session: SessionOptions): Promise<Set<string>> => {
  const { photos, random, check } = session
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  const killer = createKiller()
  const told = new Set<string>()
  const inference = createInference({ ...session, startProcess: () => killer.startProcess() })
  inference.onStatus(({ state, message }) => {
    if (message !== null) told.add(message)
    killer.reach(state)
  })
  let photo = photos[0]!
  let revision = 0
  /** Killed at the end of the step before: the next click may be sent to it before its end is heard of. */
  let isDying = false
  let shown: { request: MaskQuestion; answer: SegmentAnswer } | null = null

  const look = (at: Photo) => {
    if (at !== photo) shown = null
    photo = at
    inference.focus(
      at.image,
      photos.filter((other) => other !== at).map(({ image }) => image),
    )
  }

  /** A first point, a box, or a follow-up of what is shown with its mask. */
  const question = (): MaskQuestion => {
    const { x, y, half } = photo.object
    const common = { imageId: photo.image.id, revision: ++revision }
    const near = point(x + Math.round(random() * 8), y + Math.round(random() * 8))
    if (shown !== null && random() < 0.6) {
      const { prompts } = shown.request
      const { crop, candidates } = shown.answer
      return requestOf({ ...common, prompts: [...prompts, near], maskInput: candidates[0]!.logits, crop })
    }
    const prompt = random() < 0.4 ? box(x - half, y - half, x + half, y + half) : near
    return requestOf({ ...common, prompts: [prompt] })
  }

  const ask = async (request: MaskQuestion) => {
    const asked = photo
    const answer = await inference.segment(asked.image, request)
    expect(answer).toMatchObject({ imageId: asked.image.id, revision: request.revision })
    expect([answer.width, answer.height]).toEqual([asked.width, asked.height])
    check(asked, request, answer)
    if (asked === photo) shown = { request, answer }
  }

  /** What a later question may take the place of; an answer must be right all the same. */
  const askIdly = (request: MaskQuestion) =>
    ask(request).catch((thrown: unknown) => {
      if ((thrown as { code?: string }).code !== 'superseded') throw thrown
    })

  const step = async () => {
    const before = killer.count()
    if (random() < 0.5) look(pick(photos))
    const count = 1 + Math.floor(random() * (isDying ? KILLS_A_CLICK - 1 : KILLS_A_CLICK))
    killer.plan(
      Array.from({ length: count }, (_, nth) => {
        const state = nth > 0 && random() < 0.5 ? 'restarting' : pick(states)
        return { state, delay: random() * longest[state] }
      }),
    )
    const idle = random() < 0.3 ? [askIdly({ ...question(), purpose: 'hover' })] : []
    if (random() < 0.3) idle.push(askIdly(question()))
    const click = ask(question())
    killer.reach('asked')
    // The object is committed before its mask is there, and the user goes on.
    if (random() < 0.3) look(pick(photos))
    await Promise.all([click, ...idle])
    killer.rest()
    isDying = killer.count() === before
    if (isDying) killer.kill()
  }

  try {
    while (killer.count() < session.kills) await step()
    return told
  } finally {
    await inference.close()
  }
}
