// Which value of a click goes to which contact property, for the connection in the address; without one, for the first that is not disconnected.
import { Navigate, useNavigate, useParams } from 'react-router';
import { ButtonLink } from '../../components/Button.tsx';
import { Card, Page } from '../../components/Page.tsx';
import { EmptyState, ErrorState, Loading } from '../../components/States.tsx';
import { useConnections } from '../../api/connections.ts';
import type { Connection } from '../../api/contract.ts';
import { useFieldMapping, useProperties } from '../../api/mapping.ts';
import { nameOf } from '../connections/names.ts';
import { MappingEditor } from './MappingEditor.tsx';

export function MappingPage() {
  const { connectionId } = useParams();
  const navigate = useNavigate();
  const { data: all, error, refetch } = useConnections();
  const connections = all?.filter(({ state }) => state !== 'disconnected');
  const connection = connections?.find(({ id }) => id === connectionId);
  const first = connections?.[0];
  if (connections && !connection && first) return <Navigate to={`/mapping/${first.id}`} replace />;
  return (
    <Page
      title="Field mapping"
      description="What HubSpot's contacts get to know of the last click and conversion. Timelines get everything in any case."
      actions={
        connection &&
        connections &&
        connections.length > 1 && (
          <label className="flex items-center gap-2 text-[0.8125rem] text-muted">
            HubSpot account
            <select
              className="input w-auto"
              value={connection.id}
              onChange={(event) => void navigate(`/mapping/${event.currentTarget.value}`)}
            >
              {connections.map((one) => (
                <option key={one.id} value={one.id}>
                  {nameOf(one)}
                </option>
              ))}
            </select>
          </label>
        )
      }
    >
      {connection ? (
        <Loader key={connection.id} connection={connection} />
      ) : (
        <Card flush>
          {connections ? (
            <EmptyState
              icon="map"
              title="Connect HubSpot first"
              actions={
                <ButtonLink to="/connections" tone="primary">
                  Go to the connections
                </ButtonLink>
              }
            >
              The properties of your account are what values are mapped to. Once it is connected, UTM source, campaign
              and medium go to Elido&apos;s own properties, and you can choose others here.
            </EmptyState>
          ) : error ? (
            <ErrorState error={error} retry={() => void refetch()} />
          ) : (
            <Loading lines={8} />
          )}
        </Card>
      )}
    </Page>
  );
}

function Loader({ connection }: { connection: Connection }) {
  const mapping = useFieldMapping(connection.id);
  const properties = useProperties(connection.id);
  const error = mapping.error ?? properties.error;
  if (mapping.data && properties.data) {
    return <MappingEditor connection={connection} saved={mapping.data.rows} list={properties.data} />;
  }
  const retry = () => {
    void mapping.refetch();
    void properties.refetch();
  };
  return (
    <Card flush>
      {error ? (
        <ErrorState error={error} retry={retry} />
      ) : (
        <Loading lines={8} label="Reading the properties of the account" />
      )}
    </Card>
  );
}
