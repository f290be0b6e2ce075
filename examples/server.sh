# Where the server is; read by every `run`. Without anything set: the server of `cargo run`, and tokens of its development issuer.
export BASE_URL=${BASE_URL:-http://127.0.0.1:8080/v1.0}
export DOCUMENT=${BASE_URL%/v1.0}/openapi.json
token() { (cd "$(dirname "${BASH_SOURCE[0]}")/.." && cargo run --quiet -- token "$@"); }
export TOKEN=${TOKEN:-$(token --app-only)}
# Only users search: the member of the group that the programs make, and somebody else.
export USER_TOKEN=${USER_TOKEN:-$(token --user 1f0c997e-99f7-43f1-8cca-086f8d42be8d)}
export STRANGER_TOKEN=${STRANGER_TOKEN:-$(token)}
