# The app in a container: docker build -t mr-adam . && docker run --rm -p 8501:8501 mr-adam
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE}

# Where to take torch from; empty: the usual index. PyTorch's own index of CPU builds makes the image gigabytes smaller.
ARG TORCH_INDEX_URL=""

ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1
RUN python3 -m venv /opt/venv

WORKDIR /app
COPY requirements.txt ./
RUN if [ -n "$TORCH_INDEX_URL" ]; then \
        pip install --no-cache-dir --no-deps --index-url "$TORCH_INDEX_URL" "$(grep '^torch' requirements.txt)"; \
    fi \
    && pip install --no-cache-dir -r requirements.txt

COPY . .
RUN useradd --create-home --uid 10001 adam
USER adam

# A container is reached from outside it.
ENV STREAMLIT_SERVER_ADDRESS=0.0.0.0
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://localhost:8501/_stcore/health', timeout=4)"]
CMD ["python", "-m", "streamlit", "run", "app.py"]
