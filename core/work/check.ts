/** Checks of a project, and their repairs: the first only tells, the second makes edits that are undone together. */
import { usualChecks, type CheckKind } from '../../common/checks.ts'
import {
  checkRequestSchema,
  repairRequestSchema,
  type CheckDetail,
  type CheckRequest,
  type Finding,
  type RepairWorkRequest,
} from '../../common/contract/checks.ts'
import { toErrorReply } from '../../common/errors.ts'
import type { WorkDetail } from '../../common/work-kinds.ts'
import { checkClasses, repairClasses, type ClassFinding } from '../checks/check-classes.ts'
import { checkProject, type Found } from '../checks/check-project.ts'
import { setImmediate } from 'node:timers/promises'
import { endsRun } from './ends-run.ts'
import { defineWork, type WorkControl, type WorkParts } from './work-kind.ts'
import { msg, said } from '../../common/said.ts'

/** Findings of a kind that are told one by one; the rest is counted. */
const MOST_TOLD = 500

/** Images between two pauses in which other calls are answered. */
const PORTION = 20

const findingOfClasses = ({ kind, labels, message }: ClassFinding): Finding => ({
  kind,
  imageId: null,
  image: null,
  objects: [],
  labels: labels.map(({ id }) => id),
  message,
})

/** Lets others have their turn after some images. */
const createReady = (control: WorkControl<never>) => {
  let count = 0
  return async () => {
    await control.ready()
    if (++count % PORTION === 0) await setImmediate()
  }
}

/** What a look at the images tells the run on its way. @param images how many it looks at */
const createPace = (control: WorkControl<never>, images: number) => {
  let done = 0
  return {
    ready: createReady(control),
    step: () => control.reach(++done, images),
    say: (message: string) => control.say(message),
  }
}

const countText = (total: number) =>
  total === 0
    ? said('Nothing is wrong.')
    : said('{total, plural, one {# thing} other {# things}} found.', { total })

export const checkWork = ({ project, pictures }: WorkParts) =>
  defineWork<CheckRequest, CheckDetail>({
    name: 'check',
    title: msg('Check'),
    unit: 'image',
    request: checkRequestSchema,
    canPause: false,
    isListed: false,
    again: 'replace',
    scope: 'project',
    holdsFolder: null,
    cleansUp: false,
    plan({ kinds: asked = [...usualChecks], filter }) {
      const current = project()
      const kinds = new Set<CheckKind>(asked)
      const ids = current.store.images.ids(filter)
      return async (control) => {
        const findings: Finding[] = []
        const counts: Partial<Record<CheckKind, number>> = Object.fromEntries(asked.map((kind) => [kind, 0]))
        let total = 0
        const tell = (now?: 'now') =>
          control.detail({ findings: [...findings], counts: { ...counts }, total }, now)
        const add = (finding: Finding) => {
          total += 1
          const known = (counts[finding.kind] ?? 0) + 1
          counts[finding.kind] = known
          if (known <= MOST_TOLD) findings.push(finding)
        }
        control.begin(ids.length)
        for (const found of checkClasses(current.store, kinds)) add(findingOfClasses(found))
        await checkProject({
          project: current,
          pictures,
          kinds,
          ids,
          ...createPace(control, ids.length),
          found: ({ finding }) => add(finding),
        })
        tell('now')
        return countText(total)
      }
    },
  })

export const repairWork = ({ project, pictures }: WorkParts) =>
  defineWork<RepairWorkRequest, WorkDetail<'repair'>>({
    name: 'repair',
    title: msg('Repairs of the check'),
    unit: 'image',
    request: repairRequestSchema,
    canPause: false,
    isListed: false,
    again: { refuse: said('Something is being repaired already. Wait for its end.') },
    scope: 'project',
    holdsFolder: null,
    cleansUp: false,
    plan({ kind, images, labels, filter }) {
      const current = project()
      const kinds = new Set([kind])
      // What looks alike is found among all of them.
      const meant = images === undefined ? null : new Set(images)
      const ids =
        meant === null || kind === 'near-picture'
          ? current.store.images.ids(filter)
          : current.store.images.getMany(images ?? []).map(({ id }) => id)
      return async (control) => {
        let [repaired, objects] = [0, 0]
        const mend = (finding: Finding, repair: () => number | null) => {
          const leaveOut = (message: string) =>
            control.leaveOut({ image: finding.image, annotationId: null, message })
          try {
            const changed = repair()
            if (changed === null)
              return leaveOut(said('Left as it is: it is locked, or it is not known how.'))
            repaired += 1
            objects += changed
          } catch (thrown) {
            if (endsRun(thrown)) throw thrown
            leaveOut(toErrorReply(thrown).message)
          }
          control.detail({ repaired, objects })
        }
        const mendImage = ({ finding, repair }: Found) => {
          if (meant === null || (finding.imageId !== null && meant.has(finding.imageId)))
            mend(finding, () => repair(control.id))
        }
        const isMeant = (found: ClassFinding) =>
          labels === undefined || found.labels.some(({ id }) => labels.includes(id))
        const classes = kind === 'unused-class' || kind === 'twin-classes'
        control.begin(classes ? 0 : ids.length)
        if (classes)
          for (const found of checkClasses(current.store, kinds).filter(isMeant)) {
            await control.ready()
            mend(findingOfClasses(found), () => repairClasses(current, found, control.id))
          }
        else
          await checkProject({
            project: current,
            pictures,
            kinds,
            ids,
            ...createPace(control, ids.length),
            found: mendImage,
          })
        control.detail({ repaired, objects }, 'now')
        return repaired === 0
          ? said('Nothing was repaired.')
          : said('Repaired: {repaired, number}.', { repaired })
      }
    },
  })
