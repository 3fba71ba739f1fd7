// /links/:linkId: a link in full, to look at or to change.
import { useId } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorState, Loading } from '../../components/States.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { useForm } from '../../components/use-form.ts';
import type { Link } from '../../api/contract.ts';
import { useChangeLink, useLink } from '../../api/links.ts';
import { useCan } from '../../api/session.ts';
import { shortOf, utmOf } from './addresses.ts';
import { LinkForm } from './LinkForm.tsx';
import { filledUtm } from './link-body.ts';

export function EditLinkDialog() {
  const { linkId = '' } = useParams();
  const navigate = useNavigate();
  const { search } = useLocation();
  const { data: link, error, refetch } = useLink(linkId);
  const close = () => void navigate({ pathname: '/links', search });
  if (link) return <Editor key={link.updated_at} link={link} onClose={close} />;
  return (
    <Dialog title="Link" onClose={close}>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : <Loading lines={8} />}
    </Dialog>
  );
}

function Editor({ link, onClose }: { link: Link; onClose: () => void }) {
  const id = useId();
  const canWrite = useCan('links:write');
  const { toast } = useToast();
  const change = useChangeLink();
  const { slug, title, destination, tags, track } = link;
  const form = useForm({ slug, title, destination, tags, utm: utmOf(link), track });
  const submit = () => {
    const { slug: _fixed, utm, ...values } = form.values;
    change.mutate(
      { id: link.id, change: { ...values, utm: filledUtm(utm) } },
      {
        onSuccess: () => {
          toast({ title: `${values.title} is changed`, detail: 'Clicks from now on lead and count as it says.' });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={link.title}
      description={shortOf(link.short_url)}
      onClose={onClose}
      footer={
        canWrite ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button tone="primary" type="submit" form={id} busy={change.isPending} disabled={!form.isDirty}>
              Save
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>Close</Button>
        )
      }
    >
      <LinkForm id={id} form={form} error={change.error} slugFixed disabled={!canWrite} onSubmit={submit} />
    </Dialog>
  );
}
