// /links/new: makes a link, then shows it ready to copy, with its QR code.
import { useId } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { useForm } from '../../components/use-form.ts';
import { useCreateLink } from '../../api/links.ts';
import { noUtm } from './addresses.ts';
import { LinkForm, type LinkValues } from './LinkForm.tsx';
import { filledUtm } from './link-body.ts';

const blank: LinkValues = { slug: '', title: '', destination: '', tags: [], utm: noUtm, track: false };

export function NewLinkDialog() {
  const id = useId();
  const navigate = useNavigate();
  const { search } = useLocation();
  const form = useForm(blank);
  const create = useCreateLink();
  const submit = () => {
    const { slug, title, destination, tags, utm, track } = form.values;
    create.mutate(
      { ...(slug === '' ? {} : { slug }), title, destination, tags, utm: filledUtm(utm), track },
      {
        onSuccess: (link) =>
          void navigate({ pathname: `/links/${link.id}/qr`, search }, { replace: true, state: { made: true } }),
      },
    );
  };
  return (
    <Dialog
      title="New link"
      onClose={() => void navigate({ pathname: '/links', search })}
      footer={
        <>
          <Button onClick={() => void navigate({ pathname: '/links', search })}>Cancel</Button>
          <Button tone="primary" type="submit" form={id} busy={create.isPending}>
            Make the link
          </Button>
        </>
      }
    >
      <LinkForm id={id} form={form} error={create.error} onSubmit={submit} />
    </Dialog>
  );
}
