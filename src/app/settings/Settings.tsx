// The settings page of the app, under Connected apps in HubSpot.
import { hubspot } from '@hubspot/ui-extensions';
import { SettingsPage } from './SettingsPage.tsx';

hubspot.extend<'settings'>(() => <SettingsPage />);
