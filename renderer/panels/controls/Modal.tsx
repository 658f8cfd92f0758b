/** The frame of every dialog: title, close button, scrolling body, footer. Focus is trapped and given back. */
import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { t } from '../../texts/t.ts'

export const Modal = ({
  open,
  onClose,
  title,
  description,
  footer,
  width = 520,
  testId,
  isText = false,
  children,
}: {
  open: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  footer?: ReactNode
  width?: number
  testId: string
  /** Its body has nothing that takes the focus: the keys scroll it as a whole. */
  isText?: boolean
  children: ReactNode
}) => (
  <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
    <Dialog.Portal>
      <Dialog.Overlay className="overlay" />
      <Dialog.Content
        className="modal"
        style={{ width }}
        data-testid={testId}
        // The dialog itself: a focused close button would look as if it were the answer.
        onOpenAutoFocus={(event) => {
          event.preventDefault()
          if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
        }}
        // Of a field with a list under it, the key closes the list.
        onEscapeKeyDown={(event) => {
          if (document.activeElement?.matches('[role="combobox"][aria-expanded="true"]') === true)
            event.preventDefault()
        }}
        {...(description === undefined ? { 'aria-describedby': undefined } : {})}
      >
        <header className="modal-head">
          <Dialog.Title className="modal-title">{title}</Dialog.Title>
          {description !== undefined && (
            <Dialog.Description className="modal-description">{description}</Dialog.Description>
          )}
          <Dialog.Close className="icon-button modal-close" aria-label={t('Close')}>
            <X size={16} strokeWidth={1.75} aria-hidden />
          </Dialog.Close>
        </header>
        <div className="modal-body" {...(isText ? { tabIndex: 0, role: 'region', 'aria-label': title } : {})}>
          {children}
        </div>
        {footer !== undefined && <footer className="modal-foot">{footer}</footer>}
      </Dialog.Content>
    </Dialog.Portal>
  </Dialog.Root>
)
