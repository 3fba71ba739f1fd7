# Elido for HubSpot: one image for servers, workers and topic readers (ROLE says which). See docs/operations.md.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY app/package.json app/
COPY sandbox/preview/package.json sandbox/preview/
COPY src/app/cards/package.json src/app/cards/
COPY src/app/settings/package.json src/app/settings/
COPY src/app/pages/package.json src/app/pages/
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY embedded-mongo embedded-mongo
COPY server server
COPY app app
RUN npm run build

FROM node:24-bookworm-slim AS production-dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --workspaces=false --ignore-scripts && npm cache clean --force

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
COPY --from=production-dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
# The spool must outlive the container: mount a volume here.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000 9464
# The metrics port answers whatever the role is.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.METRICS_PORT||9464)+'/healthz').then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "dist/server/start.js"]
