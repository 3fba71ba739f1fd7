// The name and sign of the console.
export function Logo() {
  return (
    <span className="flex items-center gap-2.5 font-semibold tracking-tight">
      <svg viewBox="0 0 32 32" width={26} height={26} aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="#0f766e" />
        <path d="M8 11h10M8 16h7M8 21h10" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
        <circle cx="23" cy="16" r="3.4" fill="#5eead4" />
      </svg>
      Elido <span className="-ml-1 font-normal text-muted">for HubSpot</span>
    </span>
  );
}
