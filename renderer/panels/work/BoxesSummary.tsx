/** What boxes to masks understood, before it does anything: boxes, images, classes and their names, what does not fit. */
import { TriangleAlert } from 'lucide-react'
import type { BoxesLook } from '../../../common/contract/boxes.ts'
import { MiddleCut } from '../controls/MiddleCut.tsx'
import { count, plural } from '../words.ts'

const Classes = ({ look }: { look: BoxesLook }) => (
  <table className="boxes-classes" data-testid="boxes-classes">
    <thead>
      <tr>
        <th scope="col">Class</th>
        <th scope="col">Boxes</th>
      </tr>
    </thead>
    <tbody>
      {look.classes.map(({ name, boxes, isNew, isNameless }) => (
        <tr key={name}>
          <td>
            <span className="boxes-class">{name}</span>
            {isNameless ? (
              <span className="boxes-mark warn">has no name</span>
            ) : (
              isNew && <span className="boxes-mark">new</span>
            )}
          </td>
          <td>{count(boxes)}</td>
        </tr>
      ))}
      {look.classCount > look.classes.length && (
        <tr>
          <td>and {count(look.classCount - look.classes.length)} more</td>
          <td />
        </tr>
      )}
    </tbody>
  </table>
)

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
      {look.classes.length > 0 && <Classes look={look} />}
      {look.notes.map((note) => (
        <p key={note} className="dim">
          {note}
        </p>
      ))}
      {look.problemCount > 0 && (
        <details className="work-left-out" open={look.problemCount <= 3} data-testid="boxes-problems">
          <summary>
            {plural(look.problemCount, 'thing does', 'things do')} not fit and will be left out
          </summary>
          <ul>
            {look.problems.map((problem, index) => (
              <li key={index}>
                {problem.image !== null && <b>{problem.image}</b>} {problem.message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
