/** Objects of each class that were written, by side where images were divided. */
import type { ExportReport } from '../../../../common/contract/export.ts'
import { count } from '../../words.ts'

const sideNames = [
  ['train', 'Train'],
  ['val', 'Validation'],
  ['test', 'Test'],
] as const

export const ClassTable = ({ classes }: { classes: ExportReport['classes'] }) => {
  const on = sideNames.filter(([side]) => classes.some(({ sides }) => (sides?.[side] ?? 0) > 0))
  return (
    <div className="class-table">
      <table data-testid="export-class-table">
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Objects</th>
            {on.map(([side, name]) => (
              <th key={side} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map(({ name, objects, sides }) => (
            <tr key={name} data-none={objects === 0 ? '' : undefined}>
              <th scope="row">{name}</th>
              <td>{count(objects)}</td>
              {on.map(([side]) => (
                <td key={side}>{count(sides?.[side] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
