// A field to look for something, with its name for those who do not see the magnifying glass.
import { Icon } from './Icon.tsx';

interface SearchBoxProps {
  label: string;
  placeholder: string;
  value: string;
  maxLength: number;
  className?: string;
  onChange: (value: string) => void;
}

export function SearchBox({ label, className = '', onChange, ...input }: SearchBoxProps) {
  return (
    <label className={`relative min-w-0 flex-1 ${className}`}>
      <span className="sr-only">{label}</span>
      <Icon
        name="search"
        size={16}
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
      />
      <input
        {...input}
        type="search"
        className="input pl-8"
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
}
