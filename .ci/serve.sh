# For scripts to source: starts servers.

# serve PREFIX COMMAND...: starts a server and waits until it says where it is. `server` is then its process, `origin` its address;
# what it prints goes to PREFIX.banner and PREFIX.log.
serve() {
    local prefix=$1
    shift
    : >"$prefix.banner"
    # cargo becomes the program that it runs, so the job is the server.
    "$@" >"$prefix.banner" 2>"$prefix.log" </dev/null &
    server=$!
    for _ in {1..600}; do
        origin=$(sed -nE 's|^ *API *(https?://[^/]*)/.*|\1|p' "$prefix.banner")
        [[ -z $origin ]] || return 0
        sleep 0.1
    done
    cat "$prefix.banner" "$prefix.log" >&2
    exit 1
}
