// /settings leads to its first part.
import { Navigate } from 'react-router';

export function FirstPart() {
  return <Navigate to="/settings/workspace" replace />;
}
