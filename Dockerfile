# The app in a container: `make image` builds it, `make image-test` runs it with minimal rights and tests it.
#
#   docker build --build-arg BASE=python:3.13-slim-bookworm .     another Python image (Debian, Python 3.11 or newer)
#   docker build --build-arg TORCH_INDEX_URL=... .                torch from this package index
#   docker build --build-arg TORCH_BACKEND=pip .                  torch from the index that pip is configured to use
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
# The build of torch, by uv's name for it. "cpu" is gigabytes smaller than the build in pip's usual index. A GPU would
# not be faster, since the app steps two numbers at a time.
ARG TORCH_BACKEND=cpu
ARG TORCH_INDEX_URL=""
# All compiled modules, also those of the standard library, are in one separate folder, which the second stage copies.
ENV PATH=/opt/venv/bin:$PATH PYTHONPYCACHEPREFIX=/opt/venv/compiled PYTHONDONTWRITEBYTECODE=1 UV_SYSTEM_CERTS=1

# Debian keeps only the newest build of a package, so a pinned version soon disappears. This stage alone has binutils.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends binutils && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY constraints constraints
# --require-hashes: pip installs exactly the files of the lock. Only torch's version is locked, since its hash differs
# from index to index; torch's dependencies are in the lock.
RUN python3 -m venv /opt/venv \
    && pip install --no-cache-dir --no-compile --only-binary :all: --require-hashes -r constraints/image.txt
RUN if [ -n "$TORCH_INDEX_URL" ]; then \
        pip install --no-cache-dir --no-compile --index-url "$TORCH_INDEX_URL" -r constraints/torch.txt; \
    elif [ "$TORCH_BACKEND" = pip ]; then \
        pip install --no-cache-dir --no-compile -r constraints/torch.txt; \
    else \
        python3 -m venv /opt/uv \
        && /opt/uv/bin/pip install --no-cache-dir --require-hashes -r constraints/uv.txt \
        && /opt/uv/bin/uv pip install --no-cache --python /opt/venv/bin/python --torch-backend "$TORCH_BACKEND" \
            -r constraints/torch.txt; \
    fi
COPY deploy/image deploy/image
RUN sh deploy/image/slim.sh
COPY . .
RUN PYTHONDONTWRITEBYTECODE="" PYTHONPATH=. python deploy/image/rehearse.py \
    && rm -r constraints deploy/image/rehearse.py deploy/image/slim.sh

FROM ${BASE}
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
# The address 0.0.0.0 makes the server reachable from outside the container. The app writes only to /tmp, so the root
# file system can be mounted read-only.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPYCACHEPREFIX=/opt/venv/compiled \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    MR_ADAM_MINE=/mine \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0
# Empty, unless a folder of own surfaces, optimizers, datasets and lessons is mounted there.
RUN mkdir /mine
# A number: Kubernetes cannot verify that a user given by name is not root.
USER 10001:10001
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["python", "/app/deploy/image/health.py"]
# Without words it serves; `check` checks the folder of own files; other words are a command.
ENTRYPOINT ["python", "/app/deploy/image/start.py"]
