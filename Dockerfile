# Three stages: front-end files, Python packages, and what runs. The steps are those of the Makefile.

FROM node:22-bookworm-slim AS front
WORKDIR /medina
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-progress --loglevel=error

FROM python:3.13-slim-bookworm AS build
WORKDIR /medina
RUN python -m venv .venv
COPY requirements.lock pyproject.toml README.md ./
RUN .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
COPY scripts scripts
COPY app app
RUN .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
COPY --from=front /medina/node_modules node_modules
RUN .venv/bin/python scripts/vendor.py && rm -rf node_modules

FROM python:3.13-slim-bookworm
RUN useradd --system --create-home --uid 10001 medina
WORKDIR /medina
COPY --from=build --chown=root:root /medina /medina
COPY alembic alembic
RUN mkdir var && chown medina:medina var
USER medina
ENV PATH=/medina/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MEDINA_LOG_JSON=1 \
    PORT=8000
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import httpx, os; httpx.get(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health/ready').raise_for_status()"]
CMD ["sh", "-c", "medina migrate && exec medina serve --host 0.0.0.0"]
