// The short links of the busy month, those that are clicked most first.
import type { Link } from '../../server/store/links.ts';

export type MonthLink = Pick<Link, 'slug' | 'title' | 'destination' | 'tags' | 'utm'>;

export const monthLinks: readonly MonthLink[] = [
  link('pricing', 'Pricing page', ['sales-collateral'], ['newsletter', 'email', 'autumn-pricing']),
  link(
    'customer-story',
    'Customer story: Example Ltd',
    ['sales-collateral'],
    ['newsletter', 'email', 'customer-stories'],
  ),
  link('product-tour', 'Product tour webinar', ['webinar'], ['webinar', 'email', 'product-tour']),
  link('security-paper', 'Security whitepaper', ['sales-collateral', 'security'], ['linkedin', 'social', 'security']),
  link('roi', 'ROI calculator', ['tools'], ['google', 'cpc', 'roi-calculator']),
  link('onboarding', 'Onboarding guide', ['customers'], ['in-app', 'email', 'onboarding']),
  link('demo-slot', 'Book a demo', ['sales-collateral'], ['signature', 'email', 'demo']),
  link('fair', 'Trade fair leaflet', ['print'], ['fair', 'qr', 'autumn-fair']),
];

function link(
  slug: string,
  title: string,
  tags: string[],
  [source, medium, campaign]: [string, string, string],
): MonthLink {
  return { slug, title, destination: `https://www.example.com/${slug}`, tags, utm: { source, medium, campaign } };
}
