// Short messages after an action, at the edge of the page, with a way back where there is one.
import { Toast } from 'radix-ui';
import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import { IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { wordsOf } from './States.tsx';

interface Message {
  title: string;
  detail?: string;
  tone?: 'good' | 'bad';
  action?: { label: string; run: () => void };
  /** The thing it speaks of: what was said of it before is no longer true and goes. */
  about?: string;
}

interface Toaster {
  toast: (message: Message) => void;
  toastError: (title: string, error: unknown) => void;
}

const ToastContext = createContext<Toaster>({ toast: () => undefined, toastError: () => undefined });

const shownMs = 6_000;
/** Long enough to change one's mind. */
const withActionMs = 10_000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<(Message & { key: number })[]>([]);
  const toaster = useMemo<Toaster>(() => {
    const toast = (message: Message) => {
      setMessages((shown) => {
        const still = shown.filter(({ about }) => about === undefined || about !== message.about);
        return [...still.slice(-2), { ...message, key: (shown.at(-1)?.key ?? 0) + 1 }];
      });
    };
    return { toast, toastError: (title, error) => toast({ title, detail: wordsOf(error), tone: 'bad' }) };
  }, []);
  const remove = (key: number) => setMessages((shown) => shown.filter((one) => one.key !== key));
  return (
    <ToastContext value={toaster}>
      <Toast.Provider swipeDirection="right" label="Message">
        {children}
        {messages.map(({ key, title, detail, tone = 'good', action }) => (
          <Toast.Root
            key={key}
            duration={action ? withActionMs : shownMs}
            onOpenChange={(open) => !open && remove(key)}
            className="float-in flex items-start gap-3 rounded-xl border border-line bg-raised px-4 py-3 shadow-float"
          >
            <Icon
              name={tone === 'good' ? 'check' : 'warn'}
              className={`mt-0.5 ${tone === 'good' ? 'text-good' : 'text-bad'}`}
            />
            <div className="min-w-0 flex-1">
              <Toast.Title className="font-medium">{title}</Toast.Title>
              {detail && <Toast.Description className="mt-0.5 text-muted">{detail}</Toast.Description>}
            </div>
            {action && (
              <Toast.Action
                altText={action.label}
                onClick={action.run}
                className="-my-1 rounded-md px-2 py-1 font-semibold text-accent hover:bg-accent-soft"
              >
                {action.label}
              </Toast.Action>
            )}
            <Toast.Close asChild>
              <IconButton name="Dismiss" icon="close" className="-my-1.5 -mr-2" />
            </Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport className="fixed right-0 bottom-0 z-50 m-0 flex w-full max-w-md list-none flex-col gap-2 p-4 outline-none sm:p-6" />
      </Toast.Provider>
    </ToastContext>
  );
}

export function useToast(): Toaster {
  return use(ToastContext);
}
