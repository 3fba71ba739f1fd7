// Every file that a component names is there and is what it should be: entry points that register themselves for their place, real pictures.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { placeOf, type Component, type Problem, type Project } from '../read-project.ts';

const maxPictureBytes = 5_000_000;
const namedSchema = z.object({
  entrypoint: z.string().optional(),
  location: z.string().optional(),
  logo: z.string().optional(),
  previewImage: z.object({ file: z.string() }).optional(),
});

export function checkFiles(project: Project): Problem[] {
  const [first] = project.profiles;
  return (first?.components ?? []).flatMap((component) => {
    const { entrypoint, location, logo, previewImage } = namedSchema.parse(component.config);
    const preview = previewImage && path.join(project.folder, path.dirname(component.file), previewImage.file);
    return [
      ...(entrypoint ? entryProblems(component, placeOf(project, entrypoint), location) : []),
      ...(logo ? pictureProblems(component, placeOf(project, logo), { square: true }) : []),
      ...(preview ? pictureProblems(component, preview, { square: false }) : []),
    ];
  });
}

const locationOfType: Record<string, string> = { SETTINGS: 'settings', PAGE: 'pages' };

function entryProblems({ file, type }: Component, place: string, location = locationOfType[type] ?? ''): Problem[] {
  const report = (message: string) => ({ check: 'files', file, message });
  const name = path.basename(place);
  if (!existsSync(place)) return [report(`The entry point ${name} does not exist.`)];
  const registers = readFileSync(place, 'utf8').includes(`hubspot.extend<'${location}'>(`);
  return [
    ...(registers
      ? []
      : [report(`${name} does not call hubspot.extend<'${location}'>(...): HubSpot would show nothing.`)]),
    ...(existsSync(path.join(path.dirname(place), 'package.json'))
      ? []
      : [report(`There is no package.json beside ${name}.`)]),
  ];
}

function pictureProblems({ file }: Component, place: string, { square }: { square: boolean }): Problem[] {
  const report = (message: string) => [{ check: 'files', file, message }];
  const name = path.basename(place);
  if (!existsSync(place)) return report(`The picture ${name} does not exist.`);
  const bytes = readFileSync(place);
  if (bytes.length > maxPictureBytes) return report(`${name} is larger than 5 MB.`);
  const size = pngSize(bytes);
  if (!size) return report(`${name} is not a PNG picture.`);
  if (square && (size.width !== size.height || size.width < 128)) {
    return report(`${name} is ${size.width} by ${size.height}; a logo is square, 128 or more.`);
  }
  return [];
}

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function pngSize(bytes: Buffer): { width: number; height: number } | null {
  if (bytes.length < 24 || !bytes.subarray(0, 8).equals(pngStart)) return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
