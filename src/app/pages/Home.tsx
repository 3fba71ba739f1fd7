// The app's own page in HubSpot: the clicks of the whole account.
import { hubspot } from '@hubspot/ui-extensions';
import { PageRoutes, createPageRouter } from '@hubspot/ui-extensions/pages';
import { HomePage } from './HomePage.tsx';

const Router = createPageRouter(
  <PageRoutes>
    <PageRoutes.IndexRoute component={HomePage} />
    <PageRoutes.AnyRoute component={HomePage} />
  </PageRoutes>,
);

hubspot.extend<'pages'>(() => <Router />);
