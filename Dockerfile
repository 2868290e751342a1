# One image for all services; what a container does is the command it is given (docker-compose.yml).
# glibc, because the packages' programs are built for it: slim, not alpine.
FROM node:24-slim AS web
WORKDIR /app
COPY . .
RUN npm ci && npm run build

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
COPY core/package.json core/
COPY plugins plugins
COPY web/package.json web/
# The embedded servers and Node itself are optional packages; here a real server is next door and Node is in the image.
RUN npm ci --omit=dev --omit=optional
COPY . .
COPY --from=web /app/web/dist web/dist
RUN mkdir -p /data && chown node:node /data
USER node
ENV USTAZ_DATA_DIR=/data
VOLUME /data
EXPOSE 4870
CMD ["node", "core/main.ts", "start"]
