/** What boxes to masks understood, before it does anything: boxes, images, classes and their names, what does not fit. */
import { TriangleAlert } from 'lucide-react'
import type { BoxesLook } from '../../../common/contract/boxes.ts'
import { MiddleCut } from '../controls/MiddleCut.tsx'
import { count, plural } from '../words.ts'
import { ClassCounts } from './ClassCounts.tsx'
import { LeftOut } from './LeftOut.tsx'

export const BoxesSummary = ({ look }: { look: BoxesLook }) => {
  const nameless = look.classes.filter(({ isNameless }) => isNameless).length
  return (
    <div className="boxes-summary" data-testid="boxes-summary">
      <p>
        <strong>
          {plural(look.boxes, 'box', 'boxes')} on {plural(look.images, 'image')}
        </strong>
        {look.classCount > 0 && <> of {plural(look.classCount, 'class', 'classes')}</>}.
        {look.boxes === 0 && ' There is nothing to make.'}
      </p>
      {look.namesFrom !== null && (
        <p className="boxes-names" title={look.namesFrom}>
          Names of classes: <MiddleCut name={look.namesFrom} />
        </p>
      )}
      {nameless > 0 && (
        <p className="boxes-warning" data-testid="boxes-nameless">
          <TriangleAlert size={14} aria-hidden />
          <span>
            {nameless === 1 ? 'One class has a number' : `${count(nameless)} classes have numbers`} that no
            name was found for. Give the file with the names, or go on and rename{' '}
            {nameless === 1 ? 'it' : 'them'} later.
          </span>
        </p>
      )}
      {look.classes.length > 0 && (
        <ClassCounts
          classes={look.classes.map(({ boxes, ...rest }) => ({ ...rest, count: boxes }))}
          total={look.classCount}
          unit="Boxes"
        />
      )}
      {look.notes.map((note) => (
        <p key={note} className="dim">
          {note}
        </p>
      ))}
      <LeftOut count={look.problemCount} problems={look.problems} />
    </div>
  )
}
