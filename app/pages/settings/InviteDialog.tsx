// Invites somebody: makes a link that works once, to be sent by hand.
import { SelectField, TextField } from '../../components/Field.tsx';
import { FormDialog } from '../../components/FormDialog.tsx';
import { sayExactly } from '../../components/say.ts';
import { fieldError, formError, useForm } from '../../components/use-form.ts';
import type { Role, SignInLink } from '../../api/contract.ts';
import { useInvite } from '../../api/settings.ts';
import { roleTexts } from './roles.ts';
import { ShownOnceDialog } from './ShownOnceDialog.tsx';

export function InviteDialog({ isOwner, onClose }: { isOwner: boolean; onClose: () => void }) {
  const form = useForm<{ name: string; email: string; role: Role }>({ name: '', email: '', role: 'viewer' });
  const invite = useInvite();
  const { name, email, role } = form.values;
  if (invite.data) return <LinkDialog link={invite.data} name={name} onClose={onClose} />;
  return (
    <FormDialog
      title="Invite somebody"
      description="You get a link to send them. It opens the console one time."
      size="small"
      submit="Make the link"
      isBusy={invite.isPending}
      error={formError(invite.error, ['name', 'email', 'role'])}
      onSubmit={() => invite.mutate({ name, role, ...(email.trim() === '' ? {} : { email: email.trim() }) })}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}

/** The link, this once. */
export function LinkDialog({ link, name, onClose }: { link: SignInLink; name: string; onClose: () => void }) {
  return (
    <ShownOnceDialog
      title={`A sign-in link for ${name}`}
      secret={link.url}
      what="sign-in link"
      done="Done"
      onClose={onClose}
    >
      {`Send it to them in private. It works once, until ${sayExactly(link.expires_at)}.`}
    </ShownOnceDialog>
  );
}
