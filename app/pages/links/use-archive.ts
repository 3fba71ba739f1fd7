// Archives a link at once, with a way back, and says so when it did not work.
import { useToast } from '../../components/Toasts.tsx';
import type { Link } from '../../api/contract.ts';
import { useArchiveLink } from '../../api/links.ts';

export function useArchive(): (link: Link, archived: boolean) => void {
  const { mutate } = useArchiveLink();
  const { toast, toastError } = useToast();
  const set = (link: Link, archived: boolean, say: () => void) =>
    mutate(
      { link, archived },
      {
        onSuccess: say,
        onError: (error) => toastError(`${link.title} could not be ${archived ? 'archived' : 'restored'}`, error),
      },
    );
  const restore = (link: Link) =>
    set(link, false, () =>
      toast({ about: link.id, title: `${link.title} is back`, detail: 'Its short link works again.' }),
    );
  return (link, archived) => {
    if (!archived) {
      restore(link);
      return;
    }
    set(link, true, () =>
      toast({
        about: link.id,
        title: `${link.title} is archived`,
        detail: 'Its short link now says that it is gone. What was clicked before stays on the timelines.',
        action: { label: 'Undo', run: () => restore(link) },
      }),
    );
  };
}
