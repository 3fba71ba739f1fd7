// What a page needs to report conversions, and the addresses of websites as somebody typed them. Pure.
export function snippetCode(scriptUrl: string, publicKey: string): string {
  return `<script src="${scriptUrl}" data-key="${publicKey}" async></script>

<!-- where a conversion happens, before or after the script has loaded: -->
<script>
  (window.elido = window.elido || []).push({ name: 'Demo booked', value: 99, currency: 'EUR' });
</script>`;
}

/** One per line or separated by commas; paths and trailing slashes are left out, blank lines too. */
export function readOrigins(text: string): string[] {
  const typed = text
    .split(/[\s,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return [...new Set(typed.map((line) => (URL.canParse(line) ? new URL(line).origin : line)))];
}
