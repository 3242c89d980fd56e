# The app in a container: `make image` builds it, `make image-test` runs it as hard as it can be run and looks.
#
#   docker build --build-arg BASE=python:3.13-slim-bookworm .     another Python (Debian's image of it, 3.11 or newer)
#   docker build --build-arg TORCH_INDEX_URL=... .                torch from that package index
#   docker build --build-arg TORCH_BACKEND=pip .                  torch from where pip finds it by its own settings
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
# Whose build of torch: uv knows by these names where PyTorch's own builds lie. "cpu" is gigabytes smaller than what the
# usual index has, and the app steps two numbers at a time: no GPU would be faster.
ARG TORCH_BACKEND=cpu
ARG TORCH_INDEX_URL=""
# What is compiled lies in a tree of its own, the standard library's too, so that it can be carried over whole.
ENV PATH=/opt/venv/bin:$PATH PYTHONPYCACHEPREFIX=/opt/venv/compiled PYTHONDONTWRITEBYTECODE=1 UV_SYSTEM_CERTS=1

# Debian keeps only the newest build of a package, so a pinned one is soon not to be had; it stays in this stage.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends binutils && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY constraints constraints
# --require-hashes: exactly the files that the lock names. torch's own hash differs from index to index: its version alone
# is locked, and what it needs besides is in the lock already.
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
# A container is reached from outside it. Nothing is written but to /tmp, so the root file system can be
# mounted read-only.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPYCACHEPREFIX=/opt/venv/compiled \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0
# A number, which Kubernetes can tell from root without reading the image's list of users.
USER 10001:10001
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["python", "/app/deploy/image/health.py"]
CMD ["python", "-m", "streamlit", "run", "app.py"]
