/** Modal and Panel over the browser's own dialog: it keeps the focus inside, closes on Escape and gives the focus back. */
import { useContext, useEffect, useRef } from 'react';
import { OverlaysContext, useOverlay } from '../overlays.tsx';
import { classes, sizeOf, type Common } from './props.ts';

type WindowProps = Common & {
  id: string;
  title?: string;
  width?: string;
  variant?: string;
  onOpen?: () => void;
  onClose?: () => void;
  'aria-label'?: string;
};

function Window({
  kind,
  id,
  title,
  width,
  variant,
  children,
  testId,
  ...props
}: WindowProps & { kind: 'modal' | 'panel' }) {
  const { open, close } = useOverlay(id);
  const overlays = useContext(OverlaysContext);
  const dialog = useRef<HTMLDialogElement>(null);
  const { onOpen, onClose } = props;
  useEffect(() => {
    if (!open) return undefined;
    dialog.current?.showModal();
    onOpen?.();
    return overlays.onClose(id, () => dialog.current?.close());
    // The handlers are new proxies at every update of the extension; opening happens once.
  }, [open, id, overlays]);
  if (!open) return null;
  const onClosed = (): void => {
    onClose?.();
    close();
  };
  return (
    <dialog
      ref={dialog}
      className={classes(
        'hs-window',
        `hs-window-${kind}`,
        `hs-window-${sizeOf(width, 'md')}`,
        variant === 'danger' && 'hs-window-danger',
      )}
      aria-label={props['aria-label'] ?? title ?? id}
      data-testid={testId}
      onClose={onClosed}
    >
      <header className="hs-window-head">
        <h2>{title}</h2>
        <button type="button" className="hs-plain" aria-label="Close" onClick={() => dialog.current?.close()}>
          ×
        </button>
      </header>
      {children}
    </dialog>
  );
}

export const Modal = (props: WindowProps) => <Window kind="modal" {...props} />;
export const Panel = (props: WindowProps) => <Window kind="panel" {...props} />;
export const WindowBody = ({ children }: Common) => <div className="hs-window-body">{children}</div>;
export const WindowFooter = ({ children }: Common) => <footer className="hs-window-foot">{children}</footer>;
export const PanelSection = ({ children }: Common) => <section className="hs-panel-section">{children}</section>;
