/** Catches what the extension throws while it renders, so that the page can show it instead of an empty box. */
import { Component, type ErrorInfo, type ReactNode } from 'react';

type Props = { children: ReactNode; onFailure: (problem: { message: string; stack: string }) => void };

export class FailureBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: Error, { componentStack }: ErrorInfo): void {
    this.props.onFailure({ message: error.message, stack: `${error.stack ?? ''}\n${componentStack ?? ''}` });
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}
