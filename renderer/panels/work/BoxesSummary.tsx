/** What boxes to masks understood, before it does anything: boxes, images, classes and their names, what does not fit. */
import type { BoxesLook } from '../../../common/contract/boxes.ts'
import { ClassCounts } from './ClassCounts.tsx'
import { LeftOut } from './LeftOut.tsx'
import { NamesOfClasses } from './NamesOfClasses.tsx'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

export const BoxesSummary = ({ look }: { look: BoxesLook }) => {
  return (
    <div className="boxes-summary" data-testid="boxes-summary">
      <p>
        <strong>
          {t(
            '{boxes, plural, one {# box} other {# boxes}} on {images, plural, one {# image} other {# images}}{classes, plural, =0 {} one { of # class} other { of # classes}}.',
            { boxes: look.boxes, images: look.images, classes: look.classCount },
          )}
        </strong>
        {look.boxes === 0 && ` ${t('There is nothing to make.')}`}
      </p>
      <NamesOfClasses dialog="boxes" namesFrom={look.namesFrom} classes={look.classes} />
      {look.classes.length > 0 && (
        <ClassCounts
          classes={look.classes.map(({ boxes, ...rest }) => ({ ...rest, count: boxes }))}
          total={look.classCount}
          unit={t('Boxes')}
        />
      )}
      {look.notes.map((note) => (
        <p key={note} className="dim">
          {heard(note)}
        </p>
      ))}
      <LeftOut count={look.problemCount} problems={look.problems} />
    </div>
  )
}
