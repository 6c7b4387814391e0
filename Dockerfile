# The application without its servers; docker-compose.yml brings those.
FROM python:3.11-slim-bookworm AS packages
COPY requirements/runtime.lock /tmp/runtime.lock
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/runtime.lock

FROM python:3.11-slim-bookworm
# Pango makes the PDFs. The user's number is fixed, so that volumes keep their owner from image to image.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin opora \
    && install -d -m 700 -o opora -g opora /data
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY . .
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OPORA_DATA=/data \
    STATIC_ROOT=/app/staticfiles
# What is compiled here need not be compiled at every start: the user may not write beside the code.
RUN python -m compileall -q . \
    && SECRET_KEY=only-while-the-image-is-built python manage.py collectstatic --no-input --verbosity=0
USER opora
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config", "config/gunicorn.py", "--bind", "0.0.0.0:8000", "config.wsgi"]
