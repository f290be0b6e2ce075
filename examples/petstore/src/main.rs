//! Serves the store on `http://127.0.0.1:8080/v1`.

use poem::{Server, listener::TcpListener};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:8080");
    Server::new(listener).run(petstore::endpoint()).await
}
