// The roles in words.
import type { Role } from '../../api/contract.ts';

export const roleTexts: Record<Role, { label: string; words: string; may: string }> = {
  viewer: { label: 'Viewer', words: 'a viewer', may: 'Sees everything but API keys, changes nothing.' },
  admin: { label: 'Admin', words: 'an admin', may: 'Does everything but to owners.' },
  owner: { label: 'Owner', words: 'an owner', may: 'Does everything.' },
};
