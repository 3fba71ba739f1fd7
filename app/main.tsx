// Starts the console: data layer, toasts, routes.
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { ToastProvider } from './components/Toasts.tsx';
import { askSessionAhead } from './api/ahead.ts';
import { queryClient } from './api/query-client.ts';
import { router } from './routes.tsx';
import './style.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root.');

askSessionAhead();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <ToastProvider>
        <RouterProvider router={router} />
      </ToastProvider>
    </QueryClientProvider>
  </StrictMode>,
);
