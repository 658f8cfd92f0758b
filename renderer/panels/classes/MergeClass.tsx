/** Gives all objects of a class to another one, and removes the class if asked; undo brings both back. */
import { useEffect, useState } from 'react'
import type { CallOutput } from '../../../common/contract.ts'
import { messageOf } from '../../../common/errors.ts'
import type { Label } from '../../../common/model.ts'
import { offerUndo } from '../../state/undo-offer.ts'
import { useLabels, useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { plural } from '../words.ts'

type Usage = CallOutput<'labels.usage'>

export const MergeClass = ({ label, onClose }: { label: Label; onClose: () => void }) => {
  const { client } = useSession()
  const others = useLabels().filter(({ id }) => id !== label.id)
  const twin = others.find(({ name }) => name.toLocaleLowerCase() === label.name.toLocaleLowerCase())
  const [into, setInto] = useState(twin?.id ?? others[0]?.id ?? '')
  const [remove, setRemove] = useState(true)
  const [usage, setUsage] = useState<Usage | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    let isGone = false
    client.call('labels.usage', { labelId: label.id }).then(
      (answer) => !isGone && setUsage(answer),
      (thrown: unknown) => !isGone && setProblem(messageOf(thrown)),
    )
    return () => {
      isGone = true
    }
  }, [client, label.id])

  const merge = async () => {
    setBusy(true)
    try {
      const { annotations, imageId } = await client.call('labels.merge', { from: label.id, into, remove })
      const name = others.find(({ id }) => id === into)?.name ?? ''
      const said = remove
        ? `Merged ${label.name} into ${name}`
        : `Moved the objects of ${label.name} to ${name}`
      offerUndo(
        client,
        `${said}: ${plural(annotations, 'object')}`,
        imageId,
        ({ diff, kind }) =>
          kind === 'commit' && diff.annotations.updated.some(([from]) => from.labelId === label.id),
      )
      onClose()
    } catch (thrown) {
      setProblem(messageOf(thrown))
      setBusy(false)
    }
  }
  const isNothing = !remove && usage?.annotations === 0
  return (
    <Modal
      open
      onClose={onClose}
      title={`Merge “${label.name}”`}
      description={
        usage === null
          ? 'Counting its objects…'
          : `${plural(usage.annotations, 'object')} on ${plural(usage.images, 'image')} become objects of another class. Undo brings all of it back.`
      }
      width={440}
      testId="merge-class-dialog"
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className="button primary"
            disabled={isBusy || usage === null || into === '' || isNothing}
            data-testid="merge-class-confirm"
            onClick={() => void merge()}
          >
            {remove ? 'Merge' : 'Move objects'}
          </button>
        </>
      }
    >
      <div className="field">
        <label htmlFor="merge-into">Into the class</label>
        <select
          id="merge-into"
          className="input"
          value={into}
          data-testid="merge-into"
          onChange={(event) => setInto(event.target.value)}
        >
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={remove}
          data-testid="merge-remove"
          onChange={(event) => setRemove(event.target.checked)}
        />
        Remove “{label.name}” afterwards
      </label>
      {problem !== null && (
        <p className="error-line" role="alert">
          {problem}
        </p>
      )}
    </Modal>
  )
}
