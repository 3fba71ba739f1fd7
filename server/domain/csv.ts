// Reads CSV as spreadsheets write it (RFC 4180): quotes, line breaks in cells, a byte order mark, comma or semicolon.

export interface CsvRow {
  /** Where the row begins; the first line is 1. */
  line: number;
  cells: string[];
}

/** Empty lines are left out. A quote that is never closed ends with the text. */
export function parseCsv(text: string): CsvRow[] {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const separator = separatorOf(source);
  const rows: CsvRow[] = [];
  let row: CsvRow = { line: 1, cells: [] };
  let cell = '';
  let quoted = false;
  let line = 1;

  const endRow = () => {
    row.cells.push(cell);
    cell = '';
    if (row.cells.some((one) => one.trim() !== '')) rows.push(row);
    row = { line: line + 1, cells: [] };
  };
  for (let at = 0; at < source.length; at++) {
    const character = source[at] as string;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (source[at + 1] === '"') cell += source[++at] ?? '';
      else quoted = false;
      if (character === '\n') line += 1;
    } else if (character === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (character === separator) {
      row.cells.push(cell);
      cell = '';
    } else if (character === '\n') {
      endRow();
      line += 1;
    } else if (character !== '\r') cell += character;
  }
  endRow();
  return rows;
}

/** Spreadsheets of half of Europe write semicolons. The heading tells. */
function separatorOf(source: string): ',' | ';' | '\t' {
  const heading = source.split('\n', 1)[0] ?? '';
  const count = (character: string) => heading.split(character).length;
  if (count('\t') > count(',') && count('\t') > count(';')) return '\t';
  return count(';') > count(',') ? ';' : ',';
}
