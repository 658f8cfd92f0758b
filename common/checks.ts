/** What a project is checked for, and the repair that each check offers, in words: for window and terminal. */
import { msg } from './said.ts'

export const checkKinds = [
  'tiny',
  'duplicate',
  'outside',
  'empty-done',
  'changed-picture',
  'near-picture',
  'unused-class',
  'twin-classes',
] as const
export type CheckKind = (typeof checkKinds)[number]

interface CheckText {
  readonly title: string
  /** What is wrong with it. */
  readonly why: string
  /** What its repair does, as a button says it. */
  readonly repair: string
}

export const checkTexts: Readonly<Record<CheckKind, CheckText>> = {
  tiny: {
    title: msg('Tiny objects'),
    why: msg('Smaller than 16 px², or thinner than 2 px: a slip of the hand, or a crumb of a mask.'),
    repair: msg('Delete them'),
  },
  duplicate: {
    title: msg('Objects that are there twice'),
    why: msg('Two of one class cover each other by more than 90%: a trainer counts both.'),
    repair: msg('Keep one of each'),
  },
  outside: {
    title: msg('Objects that reach out of their image'),
    why: msg('Formats differ in what they make of them.'),
    repair: msg('Cut at the edge'),
  },
  'empty-done': {
    title: msg('Images that are done and have no objects'),
    why: msg('They teach that nothing is there; often they were only forgotten.'),
    repair: msg('Mark as to do'),
  },
  'changed-picture': {
    title: msg('Photos that changed under their objects'),
    why: msg('The file is another than the one that was labelled; exports leave it out.'),
    repair: msg('Move objects with the photo'),
  },
  'near-picture': {
    title: msg('Pictures that look nearly the same'),
    why: msg('On two sides of a split they make the numbers look better than they are.'),
    repair: msg('Flag the later one'),
  },
  'unused-class': {
    title: msg('Classes without objects'),
    why: msg('A trainer keeps a place for each.'),
    repair: msg('Delete them'),
  },
  'twin-classes': {
    title: msg('Classes of the same name in another case'),
    why: msg('What is meant as one class is learned as two.'),
    repair: msg('Make them one class'),
  },
}

/** What is looked at without being asked for: comparing pictures reads every file. */
export const usualChecks: readonly CheckKind[] = checkKinds.filter((kind) => kind !== 'near-picture')
