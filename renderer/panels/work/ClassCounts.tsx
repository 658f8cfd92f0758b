/** A table of classes that come in, with how many objects of each, and which are new or have no name. */
import { count } from '../words.ts'

export interface ClassCount {
  readonly name: string
  readonly count: number
  readonly isNew: boolean
  readonly isNameless: boolean
}

export const ClassCounts = ({
  classes,
  total,
  unit,
}: {
  classes: readonly ClassCount[]
  /** Of all classes; those that are not listed are counted. */
  total: number
  /** The head of the column of counts. */
  unit: string
}) => (
  <table className="boxes-classes" data-testid="boxes-classes">
    <thead>
      <tr>
        <th scope="col">Class</th>
        <th scope="col">{unit}</th>
      </tr>
    </thead>
    <tbody>
      {classes.map(({ name, count: number, isNew, isNameless }) => (
        <tr key={name}>
          <td>
            <span className="boxes-class">{name}</span>
            {isNameless ? (
              <span className="boxes-mark warn">has no name</span>
            ) : (
              isNew && <span className="boxes-mark">new</span>
            )}
          </td>
          <td>{count(number)}</td>
        </tr>
      ))}
      {total > classes.length && (
        <tr>
          <td>and {count(total - classes.length)} more</td>
          <td />
        </tr>
      )}
    </tbody>
  </table>
)
