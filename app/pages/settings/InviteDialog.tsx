// Invites somebody: makes a link that works once, to be sent by hand.
import { useId } from 'react';
import { Button } from '../../components/Button.tsx';
import { Callout } from '../../components/Callout.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { SelectField, TextField } from '../../components/Field.tsx';
import { sayExactly } from '../../components/say.ts';
import { fieldError, formError, useForm } from '../../components/use-form.ts';
import type { Role, SignInLink } from '../../api/contract.ts';
import { useInvite } from '../../api/settings.ts';
import { roleTexts } from './roles.ts';
import { ShownOnce } from './ShownOnce.tsx';

export function InviteDialog({ isOwner, onClose }: { isOwner: boolean; onClose: () => void }) {
  const id = useId();
  const form = useForm<{ name: string; email: string; role: Role }>({ name: '', email: '', role: 'viewer' });
  const invite = useInvite();
  const { name, email, role } = form.values;
  if (invite.data) return <LinkDialog link={invite.data} name={name} onClose={onClose} />;
  const general = formError(invite.error, ['name', 'email', 'role']);
  return (
    <Dialog
      title="Invite somebody"
      description="You get a link to send them. It opens the console one time."
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" form={id} busy={invite.isPending}>
            Make the link
          </Button>
        </>
      }
    >
      <form
        id={id}
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate({ name, role, ...(email.trim() === '' ? {} : { email: email.trim() }) });
        }}
      >
        {general && (
          <Callout tone="bad" announce>
            {general}
          </Callout>
        )}
        <TextField
          label="Name"
          required
          data-first
          maxLength={100}
          value={name}
          error={fieldError(invite.error, 'name')}
          onChange={(next) => form.set('name', next)}
        />
        <TextField
          label="Email address"
          type="email"
          optional
          maxLength={254}
          hint="For you to know who it is; no mail is sent."
          value={email}
          error={fieldError(invite.error, 'email')}
          onChange={(next) => form.set('email', next)}
        />
        <SelectField
          label="Role"
          value={role}
          options={Object.entries(roleTexts).map(([value, { label }]) => ({
            value,
            label,
            disabled: value === 'owner' && !isOwner,
          }))}
          hint={roleTexts[role].may}
          error={fieldError(invite.error, 'role')}
          onChange={(next) => form.set('role', next as Role)}
        />
      </form>
    </Dialog>
  );
}

/** The link, this once. */
export function LinkDialog({ link, name, onClose }: { link: SignInLink; name: string; onClose: () => void }) {
  return (
    <Dialog
      title={`A sign-in link for ${name}`}
      onClose={onClose}
      footer={
        <Button tone="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <ShownOnce secret={link.url} what="sign-in link">
        {`Send it to them in private. It works once, until ${sayExactly(link.expires_at)}.`}
      </ShownOnce>
    </Dialog>
  );
}
