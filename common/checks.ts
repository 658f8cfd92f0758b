/** What a project is checked for, and the repair that each check offers, in words: for window and terminal. */

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
    title: 'Tiny objects',
    why: 'Smaller than 16 px², or thinner than 2 px: a slip of the hand, or a crumb of a mask.',
    repair: 'Delete them',
  },
  duplicate: {
    title: 'Objects that are there twice',
    why: 'Two of one class cover each other by more than 90%: a trainer counts both.',
    repair: 'Keep one of each',
  },
  outside: {
    title: 'Objects that reach out of their image',
    why: 'Formats differ in what they make of them.',
    repair: 'Cut at the edge',
  },
  'empty-done': {
    title: 'Images that are done and have no objects',
    why: 'They teach that nothing is there; often they were only forgotten.',
    repair: 'Mark as to do',
  },
  'changed-picture': {
    title: 'Photos that changed under their objects',
    why: 'The file is another than the one that was labelled; exports leave it out.',
    repair: 'Move objects with the photo',
  },
  'near-picture': {
    title: 'Pictures that look nearly the same',
    why: 'On two sides of a split they make the numbers look better than they are.',
    repair: 'Flag the later one',
  },
  'unused-class': {
    title: 'Classes without objects',
    why: 'A trainer keeps a place for each.',
    repair: 'Delete them',
  },
  'twin-classes': {
    title: 'Classes of the same name in another case',
    why: 'What is meant as one class is learned as two.',
    repair: 'Make them one class',
  },
}

/** What is looked at without being asked for: comparing pictures reads every file. */
export const usualChecks: readonly CheckKind[] = checkKinds.filter((kind) => kind !== 'near-picture')
