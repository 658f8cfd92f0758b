/** What boxes to masks understood, before it does anything: boxes, images, classes and their names, what does not fit. */
import type { BoxesLook } from '../../../common/contract/boxes.ts'
import { plural } from '../words.ts'
import { ClassCounts } from './ClassCounts.tsx'
import { LeftOut } from './LeftOut.tsx'
import { NamesOfClasses } from './NamesOfClasses.tsx'

export const BoxesSummary = ({ look }: { look: BoxesLook }) => {
  return (
    <div className="boxes-summary" data-testid="boxes-summary">
      <p>
        <strong>
          {plural(look.boxes, 'box', 'boxes')} on {plural(look.images, 'image')}
        </strong>
        {look.classCount > 0 && <> of {plural(look.classCount, 'class', 'classes')}</>}.
        {look.boxes === 0 && ' There is nothing to make.'}
      </p>
      <NamesOfClasses dialog="boxes" namesFrom={look.namesFrom} classes={look.classes} />
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
