# Where the server is; read by every `run`. Without anything set: the server of `cargo run`, and a token of its development issuer.
export BASE_URL=${BASE_URL:-http://127.0.0.1:8080/v1.0}
export DOCUMENT=${BASE_URL%/v1.0}/openapi.json
export TOKEN=${TOKEN:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && cargo run --quiet -- token --app-only)}
