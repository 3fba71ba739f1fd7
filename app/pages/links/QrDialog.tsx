// /links/:linkId/qr: the short link to copy, and its QR code to look at and to take along as SVG or PNG.
import { encode } from 'uqr';
import { useLocation, useNavigate, useParams } from 'react-router';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorState, Loading } from '../../components/States.tsx';
import type { Link } from '../../api/contract.ts';
import { useLink } from '../../api/links.ts';
import { saveFile } from '../../components/save-file.ts';
import { shortOf } from './addresses.ts';
import { drawQr, qrPath, qrSvg } from './qr.ts';

export function QrDialog() {
  const { linkId = '' } = useParams();
  const navigate = useNavigate();
  const { search, state } = useLocation();
  const { data: link, error, refetch } = useLink(linkId);
  const isNew = (state as { made?: boolean } | null)?.made === true;
  return (
    <Dialog
      title={isNew ? 'Your link is ready' : 'Share the link'}
      description={link?.title}
      size="small"
      onClose={() => void navigate({ pathname: '/links', search })}
      footer={
        isNew && (
          <ButtonLink to={{ pathname: '/links/new', search }} icon="plus">
            Make another
          </ButtonLink>
        )
      }
    >
      {link ? (
        <Share link={link} />
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <Loading lines={6} />
      )}
    </Dialog>
  );
}

function Share({ link: { short_url: url, slug } }: { link: Link }) {
  const { data, size } = encode(url, { ecc: 'M', border: 2 });
  const inMail = `${url}?eid={{contact.hs_object_id}}`;
  return (
    <div className="space-y-4">
      <div className="flex items-center gap-2 rounded-lg bg-sunken py-1.5 pr-1.5 pl-3">
        <span className="min-w-0 flex-1 truncate font-mono text-[0.8125rem]">{shortOf(url)}</span>
        <CopyButton text={url} what="short link" />
      </div>
      <div className="flex flex-col items-center gap-3 sm:flex-row sm:items-start">
        <svg
          viewBox={`0 0 ${size} ${size}`}
          shapeRendering="crispEdges"
          role="img"
          aria-label={`QR code that leads to ${shortOf(url)}`}
          className="size-44 shrink-0 rounded-xl bg-white ring-1 ring-line"
        >
          <path d={qrPath(data)} fill="#000" />
        </svg>
        <div className="flex flex-col gap-2 text-muted">
          <p>
            For print, slides and packaging. A scan counts as a click; without ?eid= it is matched by later forms only.
          </p>
          <div className="flex gap-2">
            <Button
              size="small"
              icon="download"
              onClick={() => saveFile(`${slug}.svg`, new Blob([qrSvg(data, size)], { type: 'image/svg+xml' }))}
            >
              SVG
            </Button>
            <Button
              size="small"
              icon="download"
              onClick={() => void drawQr(data, size).then((png) => saveFile(`${slug}.png`, png))}
            >
              PNG
            </Button>
          </div>
        </div>
      </div>
      <div>
        <p className="text-[0.8125rem] font-medium">In a HubSpot mail</p>
        <p className="mt-0.5 text-muted">HubSpot puts in who gets the mail, so every click has a name.</p>
        <div className="mt-1.5 flex items-center gap-2 rounded-lg bg-sunken py-1.5 pr-1.5 pl-3">
          <span className="min-w-0 flex-1 truncate font-mono text-[0.8125rem]">{shortOf(inMail)}</span>
          <CopyButton text={inMail} what="link for mails" />
        </div>
      </div>
    </div>
  );
}
