/** What is chosen when the labels are understood: what becomes of objects that are there, of boxes, of numbers. */
import type { ImportReport } from '../../../common/contract/import.ts'
import { plural } from '../words.ts'
import type { ImportForm } from './import-request.ts'

const ways = [
  { id: 'keep', text: 'Add to the objects that are there; what is there already is not added twice' },
  { id: 'replace', text: 'Replace the objects of these images' },
] as const

const partsOf = [
  { id: 'apart', text: 'Each connected part of a class is an object' },
  { id: 'together', text: 'All that an image has of a class is one object' },
] as const

export const ImportOptions = ({
  form,
  report,
  onChange,
}: {
  form: ImportForm
  report: ImportReport
  onChange: (part: Partial<ImportForm>) => void
}) => {
  const boxes = report.boxes + report.boxesLeft
  return (
    <div className="import-options">
      <div className="field" role="radiogroup" aria-label="Objects that are there">
        {ways.map(({ id, text }) => (
          <label key={id} className="check">
            <input
              type="radio"
              name="import-existing"
              checked={form.existing === id}
              data-testid={`import-${id}`}
              onChange={() => onChange({ existing: id })}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
      {boxes > 0 && (
        <label className="check">
          <input
            type="checkbox"
            checked={form.turnsBoxes}
            data-testid="import-turn-boxes"
            onChange={(event) => onChange({ turnsBoxes: event.target.checked })}
          />
          <span>
            And turn {boxes === 1 ? 'the box into a mask' : `${plural(boxes, 'box', 'boxes')} into masks`}
          </span>
        </label>
      )}
      {report.parts !== null && (
        <div className="field" role="radiogroup" aria-label="Objects of a map of classes">
          {partsOf.map(({ id, text }) => (
            <label key={id} className="check">
              <input
                type="radio"
                name="import-parts"
                checked={form.parts === id}
                data-testid={`import-${id}`}
                onChange={() => onChange({ parts: id })}
              />
              <span>{text}</span>
            </label>
          ))}
        </div>
      )}
      {report.firstClass !== null && (
        <div className="field" role="radiogroup" aria-label="Number of the first class">
          {([0, 1] as const).map((first) => (
            <label key={first} className="check">
              <input
                type="radio"
                name="import-first-class"
                checked={report.firstClass === first}
                data-testid={`import-first-${first}`}
                onChange={() => onChange({ firstClass: first })}
              />
              <span>Classes are counted from {first}</span>
            </label>
          ))}
        </div>
      )}
    </div>
  )
}
