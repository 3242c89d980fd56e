#!/bin/sh
# Runs nginx in front of all replicas to which the name $APP resolves, and reloads it when they change.
#
#   APP                      the replicas' name in the network: app
#   MR_ADAM_FRAME_ANCESTORS  sources of pages that may show the app in a frame: 'self' https://lms.example.org
#   TRUSTED_PROXY            address or network of a proxy before this one, whose X-Forwarded-For is trusted
set -eu
export APP="${APP:-app}" TRUSTED_PROXY="${TRUSTED_PROXY:-127.0.0.1}"
export MR_ADAM_FRAME_ANCESTORS="${MR_ADAM_FRAME_ANCESTORS:-'self'}"
cd /tmp # the only folder that is writable

replicas() { getent ahostsv4 "$APP" | cut -d ' ' -f 1 | sort -u; }

write() {
    SERVERS=$(for address in $known; do echo "server $address:8501 max_fails=1 fail_timeout=5s;"; done)
    export SERVERS
    envsubst "\$SERVERS \$MR_ADAM_FRAME_ANCESTORS \$TRUSTED_PROXY" </etc/balancer/nginx.conf.template >nginx.conf
}

until known=$(replicas) && [ -n "$known" ]; do sleep 1; done
write
nginx -e stderr -p /tmp -c nginx.conf &
nginx=$!
trap 'kill -TERM $nginx' TERM INT
while kill -0 $nginx 2>/dev/null; do
    sleep 2 & wait $! || true # a signal ends the wait, not the sleep
    now=$(replicas) || continue
    [ "$now" = "$known" ] && continue
    known=$now
    echo "replicas: $(echo $known)"
    write
    nginx -e stderr -p /tmp -c nginx.conf -s reload
done
wait $nginx
