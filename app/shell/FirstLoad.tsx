// The frame of the shell without content, while the first things are on their way: nothing jumps when they arrive.
import { Loading } from '../components/States.tsx';

export function FirstLoad() {
  return (
    <div className="min-h-dvh lg:pl-60">
      <div className="fixed inset-y-0 left-0 hidden w-60 border-r border-line bg-surface lg:block" />
      <div className="h-13 border-b border-line bg-surface lg:hidden" />
      <main className="mx-auto max-w-6xl px-4 py-5 sm:px-6 sm:py-7 lg:px-8">
        <Loading label="Loading the console" lines={3} />
      </main>
    </div>
  );
}
